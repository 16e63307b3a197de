import { auditEvents } from '#app/domain/audit.ts';
import type { CriterionNames } from '#app/domain/event-words.ts';
import type { Db } from '#app/lib/db.server.ts';
import { scorecardsOf } from './worklist-assessed.server.ts';

interface Event {
  id: bigint;
  kind: string;
  subjectId: string;
  data: unknown;
}

/** The names of the criteria that events give by code, by event id, on the scorecard of the version they tell of. */
export async function criterionNamesOf(
  db: Db,
  events: readonly Event[],
): Promise<Map<bigint, CriterionNames>> {
  const told = events.flatMap(({ id, kind, subjectId, data }) => {
    const submitted = kind === 'opportunity.submitted' && auditEvents[kind].safeParse(data).data;
    if (!submitted || submitted.knockOuts.length === 0) return [];
    return [{ id, opportunityId: BigInt(subjectId), version: submitted.version }];
  });
  if (told.length === 0) return new Map();
  const found = await db.assessment.findMany({
    where: { OR: told.map(({ opportunityId, version }) => ({ opportunityId, version })) },
    select: { opportunityId: true, version: true, scorecardId: true },
  });
  const rows = found.map((row) => ({ ...row, scorecardId: String(row.scorecardId) }));
  const cards = await scorecardsOf(db, rows);
  return new Map(
    told.map(({ id, opportunityId, version }) => {
      const row = rows.find(
        (each) => each.opportunityId === opportunityId && each.version === version,
      );
      const criteria = (row && cards.get(row.scorecardId)?.criteria) ?? [];
      return [id, Object.fromEntries(criteria.map(({ code, name }) => [code, name]))];
    }),
  );
}
