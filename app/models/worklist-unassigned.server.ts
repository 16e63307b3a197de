import type { Scope } from '#app/domain/permissions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { countedIn, scopePredicate } from './opportunity-predicate.server.ts';
import { rowsByClose, type CloseList } from './worklist-close.server.ts';
import {
  withClock,
  workColumns,
  type At,
  type Clocked,
  type WorkRow,
} from './worklist-row.server.ts';

export type Unassigned = Clocked<WorkRow>;

/** What has no architect in `scope`, the first to close first, what is past its close date last. */
export async function listUnassigned(
  db: Db,
  scope: Scope,
  { limit, at }: { limit: number; at: At },
): Promise<CloseList<Unassigned>> {
  const { today } = at;
  const where = Prisma.sql`o.workflow_status = 'NEW' AND o.gone_since IS NULL AND ${scopePredicate(scope)}`;
  const asked = { columns: workColumns, where, today, limit };
  const [rows, total] = await Promise.all([
    rowsByClose<WorkRow>(db, asked),
    countUnassigned(db, scope),
  ]);
  // The tallies know no close dates, and to count those that are past would be to read all that is new.
  return { ...withClock({ rows, total }, at), past: null };
}

/** How many opportunities have no architect in `scope`. */
export async function countUnassigned(db: Db, scope: Scope): Promise<number> {
  const { from, present, rows } = countedIn(scope);
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT ${rows}::int AS total FROM ${from}
    WHERE o.workflow_status = 'NEW' AND ${present} AND ${scopePredicate(scope)}`;
  return row?.total ?? 0;
}
