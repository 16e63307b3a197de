import { scorecardSchema, type Scorecard } from '#app/domain/scorecard.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

export type ScorecardStatus = 'DRAFT' | 'PUBLISHED' | 'RETIRED';

/** A scorecard without what it asks. */
export interface ListedScorecard {
  id: string;
  name: string;
  status: ScorecardStatus;
  revision: number;
  criteria: number;
  createdBy: string;
  createdAt: Date;
  publishedAt: Date | null;
  /** Assessments filled in on it. */
  submitted: number;
  open: number;
}

export interface StoredScorecard extends Omit<ListedScorecard, 'criteria' | 'submitted' | 'open'> {
  definition: Scorecard;
  basedOn: { id: string; name: string } | null;
}

/** Every scorecard: the one in force, the drafts, then the retired, the newest first. */
export async function listScorecards(db: Db): Promise<ListedScorecard[]> {
  return db.$queryRaw<ListedScorecard[]>`
    SELECT s.id::text, s.name, s.status::text, s.revision, s.created_by_name AS "createdBy",
      s.created_at AS "createdAt", s.published_at AS "publishedAt",
      jsonb_array_length(s.definition -> 'criteria') AS criteria,
      count(a.id) FILTER (WHERE a.status = 'SUBMITTED')::int AS submitted,
      count(a.id) FILTER (WHERE a.status = 'DRAFT')::int AS open
    FROM scorecards s LEFT JOIN assessments a ON a.scorecard_id = s.id
    GROUP BY s.id
    ORDER BY array_position(ARRAY['PUBLISHED', 'DRAFT', 'RETIRED'], s.status::text), s.id DESC`;
}

/** One scorecard with what it asks; null where there is none. */
export async function readScorecard(db: Db, id: string): Promise<StoredScorecard | null> {
  const row = await db.scorecard.findUnique({ where: { id: BigInt(id) } });
  if (!row) return null;
  const based =
    row.basedOnId &&
    (await db.scorecard.findUnique({ where: { id: row.basedOnId }, select: { name: true } }));
  return {
    id: String(row.id),
    name: row.name,
    status: row.status,
    revision: row.revision,
    createdBy: row.createdByName,
    createdAt: row.createdAt,
    publishedAt: row.publishedAt,
    definition: scorecardSchema.parse(row.definition),
    basedOn: based ? { id: String(row.basedOnId), name: based.name } : null,
  };
}

/** What scorecards ask, by id. */
export async function readDefinitions(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Scorecard>> {
  const where: Prisma.ScorecardWhereInput = { id: { in: ids.map(BigInt) } };
  const rows = await db.scorecard.findMany({ where, select: { id: true, definition: true } });
  return new Map(rows.map(({ id, definition }) => [String(id), scorecardSchema.parse(definition)]));
}
