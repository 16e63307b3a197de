import {
  lastRank,
  precedences,
  touches,
  weightyFields,
  type RankedChange,
} from '#app/domain/change-rank.ts';
import type { ChangeQuery, ChangeSection } from '#app/domain/run-address.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { closedCrmStatuses } from '#app/domain/workflow.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { rankOfRow, touched, untouched } from './change-rank.server.ts';
import { scopePredicate, type Sql } from './opportunity-predicate.server.ts';

/** Which rows of a run make up a section: the precedence of the first one, and what it must say. */
interface Part {
  from: number;
  to: number;
  turned: 'closed' | 'reopened' | null;
}

const { gone, reappeared, crmStatus, light } = precedences;
export type MovedSection = Exclude<ChangeSection, 'new'>;
const parts: Record<MovedSection, Part> = {
  moved: { from: gone, to: light, turned: null },
  gone: { from: gone, to: gone, turned: null },
  reappeared: { from: reappeared, to: reappeared, turned: null },
  changed: { from: reappeared + 1, to: light, turned: null },
  closed: { from: crmStatus, to: crmStatus, turned: 'closed' },
  reopened: { from: crmStatus, to: crmStatus, turned: 'reopened' },
};

/** A page of what moved, in the order of `compareChanges`; `limit` and no more. */
export async function orderedChanges(
  db: Db,
  runId: bigint,
  scope: Scope,
  { show, touch, after }: ChangeQuery & { show: MovedSection },
  limit: number,
): Promise<RankedChange[]> {
  const asked = { runId, scope, part: parts[show], after };
  const beginsLater = after?.rank === lastRank;
  const first =
    touch === 'other' || beginsLater ? [] : await touchedRows(db, { ...asked, touch }, limit);
  const onlyTouched = touch !== null && touch !== 'other';
  if (onlyTouched || first.length === limit) return first;
  return [...first, ...(await otherRows(db, asked, limit - first.length))];
}

interface Asked {
  runId: bigint;
  scope: Scope;
  part: Part;
  after: RankedChange | null;
}

/** What is at work is little, so it is sorted whole. */
function touchedRows(
  db: Db,
  { runId, scope, part, after, touch }: Asked & { touch: ChangeQuery['touch'] },
  limit: number,
): Promise<RankedChange[]> {
  const rank = touches.findIndex(({ key }) => key === touch);
  const narrowed =
    touch === 'stale'
      ? Prisma.sql`stale`
      : rank < 0
        ? Prisma.sql`TRUE`
        : Prisma.sql`rank = ${rank}`;
  const beyond = after
    ? Prisma.sql`(rank, NOT stale, precedence, t.id) >
        (${after.rank}, ${!after.stale}, ${after.precedence}, ${BigInt(after.id)})`
    : Prisma.sql`TRUE`;
  return db.$queryRaw<RankedChange[]>`
    SELECT t.rank, t.stale, t.precedence, t.id::text FROM (
      SELECT o.id, ${rankOfRow} AS rank, min(c.precedence) AS precedence,
        o.id IN (SELECT opportunity_id FROM stale_marks WHERE sync_log_id = ${runId}) AS stale
      FROM opportunities o JOIN opportunity_changes c ON c.opportunity_id = o.id
      WHERE c.sync_log_id = ${runId} AND c.precedence <= ${part.to} AND ${saying(part)}
        AND ${touched} AND ${scopePredicate(scope)}
      GROUP BY o.id
    ) t
    WHERE t.precedence BETWEEN ${part.from} AND ${part.to} AND ${narrowed} AND ${beyond}
    ORDER BY t.rank, NOT t.stale, t.precedence, t.id LIMIT ${limit}`;
}

/** The rest may be all there is, so it is read in the order of its index, from the last page on. */
function otherRows(
  db: Db,
  { runId, scope, part, after }: Asked,
  limit: number,
): Promise<RankedChange[]> {
  const beyond =
    after?.rank === lastRank
      ? Prisma.sql`(c.precedence, c.opportunity_id) > (${after.precedence}, ${BigInt(after.id)})`
      : Prisma.sql`TRUE`;
  return db.$queryRaw<RankedChange[]>`
    SELECT ${lastRank}::int AS rank, FALSE AS stale, c.precedence, c.opportunity_id::text AS id
    FROM opportunity_changes c JOIN opportunities o ON o.id = c.opportunity_id
    WHERE c.sync_log_id = ${runId} AND c.precedence BETWEEN ${part.from} AND ${part.to}
      AND ${beyond} AND ${saying(part)} AND ${untouched} AND ${scopePredicate(scope)}
      AND NOT EXISTS (
        SELECT FROM opportunity_changes b
        WHERE b.opportunity_id = c.opportunity_id AND b.sync_log_id = c.sync_log_id
          AND (b.precedence, b.id) < (c.precedence, c.id) AND b.precedence >= ${firstOf(part)})
    ORDER BY c.precedence, c.opportunity_id LIMIT ${limit}`;
}

/** A turn is looked for whatever else changed; other sections go by the first change of all. */
function firstOf({ turned, from }: Part): number {
  return turned ? from : gone;
}

/** The changes `c` that count for a part. */
export function saying({ turned }: Pick<Part, 'turned'>): Sql {
  if (!turned) return Prisma.sql`TRUE`;
  const closed = (value: Sql) =>
    Prisma.sql`coalesce(${value} = ANY(${[...closedCrmStatuses]}::text[]), FALSE)`;
  const [now, before] = turned === 'closed' ? ['after', 'before'] : ['before', 'after'];
  return Prisma.sql`c.precedence = ${crmStatus} AND c.field = ${weightyFields[crmStatus - 2]}
    AND ${closed(Prisma.raw(`c.${now}`))} AND NOT ${closed(Prisma.raw(`c.${before}`))}`;
}
