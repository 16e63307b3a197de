import { auditKindNames } from '#app/domain/audit-words.ts';
import type { AuditKind } from '#app/domain/audit.ts';
import type { RecordedAct } from '#app/domain/repeat.ts';
import type { Db } from '#app/lib/db.server.ts';

/** The last thing done, in words for whoever came too late. */
export interface LastAct {
  actor: string;
  actorId: string | null;
  what: string;
  at: Date;
}

type SubjectType = 'opportunity' | 'scorecard';

/** The last thing done to an opportunity or a scorecard, by a person or the sync. */
export async function lastAct(
  db: Db,
  subjectId: string,
  subjectType: SubjectType = 'opportunity',
): Promise<LastAct | null> {
  const row = await newest(db, subjectType, subjectId);
  if (!row) return null;
  const { kind, actorId, actorName, at } = row;
  return { actor: actorName, actorId, what: auditKindNames[kind as AuditKind] ?? kind, at };
}

/** The same as it is on record, with the revision the opportunity has now; null where nothing was done. */
export async function lastRecordedAct(db: Db, opportunityId: string): Promise<RecordedAct | null> {
  const row = await newest(db, 'opportunity', opportunityId);
  if (!row || row.revision === null) return null;
  const { kind, actorId, data, revision } = row;
  return { kind, actorId, data, revision };
}

interface Row extends Omit<RecordedAct, 'revision'> {
  actorName: string;
  at: Date;
  revision: number | null;
}

/** Refusals do nothing, comments and files move nothing. The revision is of the same moment as the event. */
async function newest(db: Db, subjectType: SubjectType, subjectId: string): Promise<Row | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT kind, actor_id::text AS "actorId", actor_name AS "actorName", at, data,
      CASE WHEN subject_type = 'opportunity' THEN
        (SELECT qualification_revision FROM opportunities WHERE id = subject_id::bigint)
      END AS revision
    FROM audit_events
    WHERE subject_type = ${subjectType} AND subject_id = ${subjectId}
      AND kind LIKE ${`${subjectType}.%`} AND kind <> 'opportunity.refused'
    ORDER BY audit_events.id DESC LIMIT 1`;
  return row ?? null;
}
