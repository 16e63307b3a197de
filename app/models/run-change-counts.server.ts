import { lastRank, precedences, touches, type Touch } from '#app/domain/change-rank.ts';
import type { Scope } from '#app/domain/permissions.ts';
import type { ChangeSection } from '#app/domain/run-address.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { rankOfRow, touched } from './change-rank.server.ts';
import { scopePredicate } from './opportunity-predicate.server.ts';
import { saying } from './run-change-order.server.ts';

/** How many of the viewer's opportunities a run brought and moved, and what the moved ones touch. */
export interface RunChangeCounts {
  sections: Record<ChangeSection, number>;
  touches: Record<Touch, number>;
  /** Whose assessment went stale. */
  stale: number;
}

/** Counts a run's changes within a scope. */
export async function countRunChanges(
  db: Db,
  runId: bigint,
  scope: Scope,
): Promise<RunChangeCounts> {
  const [firsts, ranks, [added], [turned]] = await Promise.all([
    countByFirst(db, runId, scope),
    countByRank(db, runId, scope),
    db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM opportunities o
      WHERE o.first_sync_log_id = ${runId} AND ${scopePredicate(scope)}`,
    countTurned(db, runId, scope),
  ]);
  const startingWith = (fits: (first: number) => boolean) =>
    firsts.reduce((sum, { first, count }) => sum + (fits(first) ? count : 0), 0);
  const moved = startingWith(() => true);
  const touched = ranks.reduce((sum, { count }) => sum + count, 0);
  const ofRank = (rank: number) => ranks.find((each) => each.rank === rank)?.count ?? 0;
  return {
    sections: {
      moved,
      changed: startingWith((first) => first > precedences.reappeared),
      gone: startingWith((first) => first === precedences.gone),
      reappeared: startingWith((first) => first === precedences.reappeared),
      new: added?.count ?? 0,
      closed: turned?.closed ?? 0,
      reopened: turned?.reopened ?? 0,
    },
    touches: Object.fromEntries(
      touches.map(({ key }, rank) => [key, rank === lastRank ? moved - touched : ofRank(rank)]),
    ) as Record<Touch, number>,
    stale: ranks.reduce((sum, { stale }) => sum + stale, 0),
  };
}

/** How many opportunities moved, by the first of their changes. */
function countByFirst(db: Db, runId: bigint, scope: Scope) {
  return db.$queryRaw<{ first: number; count: number }[]>`
    SELECT first, count(*)::int AS count FROM (
      SELECT min(c.precedence) AS first FROM opportunity_changes c ${within(scope)}
      WHERE c.sync_log_id = ${runId} GROUP BY c.opportunity_id
    ) m GROUP BY first`;
}

/** Of those, what touches somebody's work, by how grave it is. */
function countByRank(db: Db, runId: bigint, scope: Scope) {
  return db.$queryRaw<{ rank: number; count: number; stale: number }[]>`
    SELECT ${rankOfRow} AS rank, count(*)::int AS count, (count(*) FILTER (WHERE o.id IN
      (SELECT opportunity_id FROM stale_marks WHERE sync_log_id = ${runId})))::int AS stale
    FROM opportunities o
    WHERE ${touched} AND ${scopePredicate(scope)} AND EXISTS (
      SELECT FROM opportunity_changes c WHERE c.opportunity_id = o.id AND c.sync_log_id = ${runId})
    GROUP BY 1`;
}

function countTurned(db: Db, runId: bigint, scope: Scope) {
  const count = (turned: 'closed' | 'reopened') =>
    Prisma.sql`count(DISTINCT c.opportunity_id) FILTER (WHERE ${saying({ turned })})::int`;
  return db.$queryRaw<{ closed: number; reopened: number }[]>`
    SELECT ${count('closed')} AS closed, ${count('reopened')} AS reopened
    FROM opportunity_changes c ${within(scope)}
    WHERE c.sync_log_id = ${runId} AND c.precedence = ${precedences.crmStatus}`;
}

/** Joins the opportunities only where there is something to ask of them. */
function within(scope: Scope): Prisma.Sql {
  if (scope.all) return Prisma.empty;
  return Prisma.sql`JOIN opportunities o ON o.id = c.opportunity_id AND ${scopePredicate(scope)}`;
}
