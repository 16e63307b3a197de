import type { Scope } from '#app/domain/permissions.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { scopePredicate } from './opportunity-predicate.server.ts';
import { listByClose, type CloseList } from './worklist-close.server.ts';
import {
  countRows,
  withClock,
  workColumns,
  type At,
  type Clocked,
  type WorkRow,
} from './worklist-row.server.ts';

export type Unassigned = Clocked<WorkRow>;

const without = (scope: Scope) => Prisma.sql`
  o.workflow_status = 'NEW' AND o.gone_since IS NULL AND ${scopePredicate(scope)}`;

/** What has no architect in `scope`, the first to close first, what is past its close date last. */
export async function listUnassigned(
  db: Db,
  scope: Scope,
  { limit, at }: { limit: number; at: At },
): Promise<CloseList<Unassigned>> {
  const { today } = at;
  const asked = { columns: workColumns, where: without(scope), today, limit };
  const { past, ...list } = await listByClose<WorkRow>(db, asked);
  return { ...withClock(list, at), past };
}

/** How many opportunities have no architect in `scope`. */
export async function countUnassigned(db: Db, scope: Scope): Promise<number> {
  return countRows(db, Prisma.sql`FROM opportunities o WHERE ${without(scope)}`);
}
