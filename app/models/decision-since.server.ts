import type { Verdict } from '#app/domain/transitions.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Something that happened to a decision after it was made, and so is not in its memo. */
export interface Since {
  kind: 'condition-met' | 'reopened' | 'decided-again';
  at: Date;
  by: string;
  /** The condition, the reason, or the id of the later decision. */
  about: string;
  note: string;
  /** Of a later decision. */
  verdict: Verdict | null;
}

/** What has happened since a decision, oldest first, read from the live tables. */
export function listSince(db: Db, decisionId: string): Promise<Since[]> {
  const id = BigInt(decisionId);
  return db.$queryRaw<Since[]>`
    WITH d AS (SELECT id, opportunity_id, decided_at FROM decisions WHERE id = ${id})
    SELECT 'condition-met' AS kind, c.met_at AS at, coalesce(c.met_by_name, 'BQS') AS by,
      c.condition AS about, coalesce(c.met_note, '') AS note, NULL AS verdict
    FROM decision_conditions c JOIN d ON d.id = c.decision_id WHERE c.met_at IS NOT NULL
    UNION ALL
    SELECT 'reopened', e.at, e.actor_name, coalesce(e.data ->> 'reason', ''), '', NULL
    FROM audit_events e JOIN d ON e.subject_id = d.opportunity_id::text
    WHERE e.subject_type = 'opportunity' AND e.kind = 'opportunity.reopened' AND e.at >= d.decided_at
    UNION ALL
    SELECT 'decided-again', n.decided_at, n.decided_by_name, n.id::text, '', n.verdict::text
    FROM decisions n JOIN d ON n.opportunity_id = d.opportunity_id WHERE n.id > d.id
    ORDER BY at, kind`;
}
