import type { LastDeed } from '#app/domain/repeat.ts';
import type { Db } from '#app/lib/db.server.ts';

/** The last thing done to an opportunity, with the revision it led to; null where nothing was. */
export async function lastDeed(db: Db, opportunityId: string): Promise<LastDeed | null> {
  const [row] = await db.$queryRaw<LastDeed[]>`
    SELECT e.kind, e.actor_id::text AS "actorId", e.data, o.qualification_revision AS revision
    FROM opportunities o JOIN audit_events e
      ON e.subject_type = 'opportunity' AND e.subject_id = o.id::text
    WHERE o.id = ${BigInt(opportunityId)}
      AND e.kind LIKE 'opportunity.%' AND e.kind <> 'opportunity.refused'
    ORDER BY e.id DESC LIMIT 1`;
  return row ?? null;
}
