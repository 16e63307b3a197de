import type { Sheet } from '#app/domain/assessment.ts';
import { db } from '#app/lib/db.server.ts';
import { readQualification, type Qualification } from '#app/models/qualification.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { submitAssessment } from '#app/services/submit-assessment.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';

export interface Cast {
  manager: { id: string; name: string };
  head: { id: string; name: string };
  architect: { id: string; name: string };
  seller: { id: string; name: string };
}

/** One person of each role; head and architect belong to the practice of the opportunities. */
export async function createCast(practice = 'Data & AI'): Promise<Cast> {
  return {
    manager: await createUser(db, { roles: ['MANAGER'] }),
    head: await createUser(db, { roles: ['PRACTICE_HEAD'], practices: [practice] }),
    architect: await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: [practice] }),
    seller: await createUser(db, { roles: ['SALES'] }),
  };
}

export async function stand(opportunityId: string): Promise<Qualification> {
  const found = await readQualification(db, opportunityId);
  if (!found) throw new Error(`There is no opportunity ${opportunityId}.`);
  return found;
}

/** Somebody acting on the opportunity as it stands now. */
export async function acting(person: { id: string }, opportunityId: string) {
  const { opportunity } = await stand(opportunityId);
  return { actorId: person.id, opportunityId, revision: opportunity.revision };
}

/** The id of the latest submitted assessment. */
export async function submittedId(opportunityId: string): Promise<string> {
  return (await stand(opportunityId)).submitted?.id ?? '0';
}

/** An opportunity whose assessment has been submitted with this sheet. */
export async function submittedOpportunity(
  cast: Cast,
  sheet: Sheet = completeSheet(),
  draft: Parameters<typeof createOpportunity>[1] = {},
): Promise<string> {
  const { id } = await createOpportunity(db, draft);
  await assignOpportunity(await acting(cast.head, id), cast.architect.id);
  await startAssessment(await acting(cast.architect, id));
  await submitOpen(cast.architect, id, sheet);
  return id;
}

/** Submits the open draft of an opportunity. */
export async function submitOpen(person: { id: string }, opportunityId: string, sheet: Sheet) {
  const { draft } = await stand(opportunityId);
  const { id: draftId, revision } = draft ?? { id: '0', revision: 0 };
  return submitAssessment({ actorId: person.id, opportunityId }, { draftId, revision, sheet });
}

/** An opportunity that waits for the manager, GO being recommended. */
export async function recommendedOpportunity(cast: Cast, sheet?: Sheet): Promise<string> {
  const id = await submittedOpportunity(cast, sheet);
  const assessmentId = await submittedId(id);
  await recommend(await acting(cast.head, id), {
    assessmentId,
    verdict: 'GO',
    rationale: 'Worth the effort.',
  });
  return id;
}
