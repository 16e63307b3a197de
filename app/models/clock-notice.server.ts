import { clockedStatuses, reachedSince, type ClockedStatus } from '#app/domain/decision-clock.ts';
import type { WorkingCalendar } from '#app/domain/working-time.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** An opportunity whose clock is close to running out, or has, as far as a query can say. */
export interface ClockCandidate {
  id: string;
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  practice: string | null;
  assignedSa: string | null;
  status: ClockedStatus;
  since: Date;
  /** `since` to the last digit, by which the notice is kept. */
  stamp: string;
  carried: number;
}

/** What may have to be told: no hold carried over, the query is exact; else the rule must look again. */
export async function listClockCandidates(
  db: Db,
  now: Date,
  calendar: WorkingCalendar,
): Promise<ClockCandidate[]> {
  const reached = clockedStatuses.map((state) => {
    const since = reachedSince(state, 'soon', now, calendar);
    const long = since ? Prisma.sql`o.workflow_since <= ${since}` : Prisma.sql`FALSE`;
    return Prisma.sql`(o.workflow_status = ${state}::workflow_status
      AND (${long} OR o.clock_carried_minutes > 0))`;
  });
  return db.$queryRaw<ClockCandidate[]>`
    SELECT o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber", o.name,
      o.practice, o.assigned_sa::text AS "assignedSa", o.workflow_status::text AS status,
      o.workflow_since AS since, o.workflow_since::text AS stamp, o.clock_carried_minutes AS carried
    FROM opportunities o
    WHERE o.gone_since IS NULL AND (${Prisma.join(reached, ' OR ')})
      AND NOT EXISTS (SELECT FROM clock_notices n WHERE n.opportunity_id = o.id
        AND n.workflow_since = o.workflow_since AND n.level = 'breached')
    ORDER BY o.workflow_since, o.id`;
}

/** Notes that these are told, and says of which nobody was told before: one key `id level` each. */
export async function noteTold(
  tx: Db,
  told: readonly { id: string; stamp: string; level: string }[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    INSERT INTO clock_notices (opportunity_id, workflow_since, level)
    SELECT * FROM unnest(${told.map(({ id }) => BigInt(id))}::bigint[],
      ${told.map(({ stamp }) => stamp)}::timestamptz[], ${told.map(({ level }) => level)}::text[])
    ON CONFLICT DO NOTHING RETURNING opportunity_id || ' ' || level AS key`;
  return new Set(rows.map(({ key }) => key));
}
