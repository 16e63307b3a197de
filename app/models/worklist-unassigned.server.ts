import type { Scope } from '#app/domain/permissions.ts';
import type { Db } from '#app/lib/db.server.ts';
import { scopePredicate } from './opportunity-predicate.server.ts';
import {
  asList,
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
  const found = await db.$queryRaw<(WorkRow & { total: number })[]>`
    SELECT ${workColumns}, (count(*) OVER ())::int AS total FROM opportunities o
    WHERE o.workflow_status = 'NEW' AND o.gone_since IS NULL AND ${scopePredicate(scope)}
    ORDER BY o.close_date NULLS LAST, o.remote_id LIMIT ${limit}`;
  return withClock(asList(found), at);
}

/** How many opportunities have no architect in `scope`. */
export async function countUnassigned(db: Db, scope: Scope): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM opportunities o
    WHERE o.workflow_status = 'NEW' AND o.gone_since IS NULL AND ${scopePredicate(scope)}`;
  return row?.total ?? 0;
}
