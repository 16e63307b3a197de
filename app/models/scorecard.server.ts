import { scorecardSchema, type Scorecard } from '#app/domain/scorecard.ts';
import type { Db } from '#app/lib/db.server.ts';

export interface PublishedScorecard {
  id: string;
  name: string;
  definition: Scorecard;
}

/** The scorecard in force. There is always one: the migrations put the first in place. */
export async function publishedScorecard(db: Db): Promise<PublishedScorecard> {
  const row = await db.scorecard.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
  return {
    id: String(row.id),
    name: row.name,
    definition: scorecardSchema.parse(row.definition),
  };
}
