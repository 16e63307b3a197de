import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** A value and how many opportunities hold it. */
export interface CountedValue {
  value: string;
  count: number;
}

/** What an attribute holds in the records kept, beside what a column holds now. Of present opportunities. */
export interface StandInSample {
  present: number;
  /** Those whose record carries the attribute: their column is written anew. */
  written: number;
  /** Those among them where it holds something; the column of the others becomes empty. */
  filled: number;
  /** The most frequent of each. */
  sent: CountedValue[];
  held: CountedValue[];
}

const most = 5;
const longest = 120;

/** Looks at what would be written into a column. `column` is one of the table of mapped fields. */
export async function sampleStandIn(
  db: Db,
  column: string,
  source: string,
): Promise<StandInSample> {
  const [sample] = await db.$queryRaw<StandInSample[]>`
    WITH present AS MATERIALIZED (
      SELECT nullif(btrim(${Prisma.raw(`"${column}"`)}::text), '') AS held,
        nullif(btrim(raw->>${source}::text), '') AS sent, jsonb_exists(raw, ${source}::text) AS carries
      FROM opportunities WHERE gone_since IS NULL
    )
    SELECT count(*)::int AS present, count(*) FILTER (WHERE carries)::int AS written,
      count(sent)::int AS filled, ${frequent('sent')} AS sent, ${frequent('held')} AS held
    FROM present`;
  return sample ?? { present: 0, written: 0, filled: 0, sent: [], held: [] };
}

function frequent(name: 'sent' | 'held'): Prisma.Sql {
  const value = Prisma.raw(name);
  return Prisma.sql`(
    SELECT coalesce(json_agg(json_build_object('value', left(value, ${longest}::int), 'count', count)), '[]')
    FROM (
      SELECT p.${value} AS value, count(*)::int AS count FROM present p WHERE p.${value} IS NOT NULL
      GROUP BY p.${value} ORDER BY count(*) DESC, p.${value} LIMIT ${most}::int
    ) frequent
  )`;
}
