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

interface Tally {
  section: 'gone' | 'reappeared' | 'changed';
  rank: number;
  rows: number;
  stale: number;
}

/** Counts a run's changes within a scope. */
export async function countRunChanges(
  db: Db,
  runId: bigint,
  scope: Scope,
): Promise<RunChangeCounts> {
  const [tallies, [added], [turned]] = await Promise.all([
    tallyMoved(db, runId, scope),
    db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM opportunities o
      WHERE o.first_sync_log_id = ${runId} AND ${scopePredicate(scope)}`,
    countTurned(db, runId, scope),
  ]);
  const sum = (fits: (tally: Tally) => boolean, of: 'rows' | 'stale' = 'rows') =>
    tallies.filter(fits).reduce((total, tally) => total + tally[of], 0);
  const ofSection = (section: Tally['section']) => sum((tally) => tally.section === section);
  return {
    sections: {
      moved: sum(() => true),
      changed: ofSection('changed'),
      gone: ofSection('gone'),
      reappeared: ofSection('reappeared'),
      new: added?.count ?? 0,
      closed: turned?.closed ?? 0,
      reopened: turned?.reopened ?? 0,
    },
    touches: Object.fromEntries(
      touches.map(({ key }, rank) => [key, sum((tally) => tally.rank === rank)]),
    ) as Record<Touch, number>,
    stale: sum(({ rank }) => rank < lastRank, 'stale'),
  };
}

function tallyMoved(db: Db, runId: bigint, scope: Scope): Promise<Tally[]> {
  return db.$queryRaw<Tally[]>`
    WITH moved AS (
      SELECT c.opportunity_id AS id, min(c.precedence) AS first
      FROM opportunity_changes c WHERE c.sync_log_id = ${runId} GROUP BY c.opportunity_id
    ), work AS MATERIALIZED (
      SELECT o.id, ${rankOfRow} AS rank FROM opportunities o WHERE ${touched}
    ), stale AS MATERIALIZED (
      SELECT DISTINCT opportunity_id AS id FROM stale_marks WHERE sync_log_id = ${runId}
    )
    SELECT CASE m.first WHEN ${precedences.gone} THEN 'gone'
        WHEN ${precedences.reappeared} THEN 'reappeared' ELSE 'changed' END AS section,
      coalesce(w.rank, ${lastRank}::int) AS rank, count(*)::int AS rows, count(s.id)::int AS stale
    FROM moved m LEFT JOIN work w USING (id) LEFT JOIN stale s USING (id) ${within(scope, 'm.id')}
    GROUP BY 1, 2`;
}

function countTurned(db: Db, runId: bigint, scope: Scope) {
  const count = (turned: 'closed' | 'reopened') =>
    Prisma.sql`count(DISTINCT c.opportunity_id) FILTER (WHERE ${saying({ turned })})::int`;
  return db.$queryRaw<{ closed: number; reopened: number }[]>`
    SELECT ${count('closed')} AS closed, ${count('reopened')} AS reopened
    FROM opportunity_changes c ${within(scope, 'c.opportunity_id')}
    WHERE c.sync_log_id = ${runId} AND c.precedence = ${precedences.crmStatus}`;
}

/** Joins the opportunities only where there is something to ask of them. */
function within(scope: Scope, id: string): Prisma.Sql {
  if (scope.all) return Prisma.empty;
  return Prisma.sql`JOIN opportunities o ON o.id = ${Prisma.raw(id)} AND ${scopePredicate(scope)}`;
}
