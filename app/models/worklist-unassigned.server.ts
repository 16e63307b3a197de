import type { Scope } from '#app/domain/permissions.ts';
import type { Db } from '#app/lib/db.server.ts';
import { countedIn, scopePredicate } from './opportunity-predicate.server.ts';
import {
  withClock,
  workColumns,
  type At,
  type Clocked,
  type WorkList,
  type WorkRow,
} from './worklist-row.server.ts';

export type Unassigned = Clocked<WorkRow>;

/** What has no architect in `scope`, the first to close first. */
export async function listUnassigned(
  db: Db,
  scope: Scope,
  { limit, at }: { limit: number; at: At },
): Promise<WorkList<Unassigned>> {
  const [rows, total] = await Promise.all([
    db.$queryRaw<WorkRow[]>`
      SELECT ${workColumns} FROM opportunities o
      WHERE o.workflow_status = 'NEW' AND o.gone_since IS NULL AND ${scopePredicate(scope)}
      ORDER BY o.close_date NULLS LAST, o.remote_id LIMIT ${limit}`,
    countUnassigned(db, scope),
  ]);
  return withClock({ rows, total }, at);
}

/** How many opportunities have no architect in `scope`. */
export async function countUnassigned(db: Db, scope: Scope): Promise<number> {
  const { from, present, rows } = countedIn(scope);
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT ${rows}::int AS total FROM ${from}
    WHERE o.workflow_status = 'NEW' AND ${present} AND ${scopePredicate(scope)}`;
  return row?.total ?? 0;
}
