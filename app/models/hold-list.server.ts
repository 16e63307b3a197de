import type { DuePlace } from '#app/domain/work-place.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import {
  countRows,
  cut,
  workColumns,
  type WorkAsked,
  type WorkPage,
  type WorkRow,
} from './worklist-row.server.ts';

/** An opportunity that is on hold. */
export type Held = WorkRow & {
  /** YYYY-MM-DD; null where it ends when somebody resumes it. */
  until: string | null;
  reason: string | null;
  /** Who put it on hold, as the record has them, and when. */
  by: string | null;
  at: Date | null;
};

const held = Prisma.sql`
  FROM opportunities o LEFT JOIN LATERAL (
    SELECT e.actor_name, e.at FROM audit_events e
    WHERE e.subject_type = 'opportunity' AND e.subject_id = o.id::text
      AND e.kind = 'opportunity.held' ORDER BY e.id DESC LIMIT 1) e ON TRUE
  WHERE o.workflow_status = 'ON_HOLD' AND o.gone_since IS NULL`;

/** A hold without an end comes after every other. */
const end = Prisma.sql`coalesce(o.hold_until, '9999-12-31'::date)`;

/** What is on hold, the hold that ends first first. */
export async function listHeld(
  db: Db,
  { limit, after }: WorkAsked<DuePlace>,
): Promise<WorkPage<Held, DuePlace>> {
  const later = after
    ? Prisma.sql`(${end}, o.id) > (${after.due}::date, ${after.id}::bigint)`
    : Prisma.sql`TRUE`;
  const found = await db.$queryRaw<(Held & { due: string })[]>`
    SELECT ${workColumns}, to_char(o.hold_until, 'YYYY-MM-DD') AS until, o.hold_reason AS reason,
      e.actor_name AS by, e.at, to_char(${end}, 'YYYY-MM-DD') AS due
    ${held} AND ${later} ORDER BY ${end}, o.id LIMIT ${limit + 1}`;
  const page = cut(found, limit, ({ due, id }) => ({ due, id }));
  return { ...page, total: await countRows(db, held) };
}
