import type { Sheet } from '#app/domain/assessment.ts';
import { saveDraft } from '#app/models/assessment-draft.server.ts';
import { qualify, type Acting, type Qualifying } from './qualify.server.ts';
import { overtaken, type Refused } from './refuse.server.ts';

/** Keeps a draft as it is typed. `revision` is that of the draft the form was made on; a newer one wins. */
export function saveAssessment(
  acting: Omit<Acting, 'revision'>,
  { draftId, revision, sheet }: { draftId: string; revision: number; sheet: Sheet },
) {
  return qualify(
    { ...acting, revision: null },
    { intent: 'save' },
    async ({ tx, opportunity, draft }) => {
      if (!draft || draft.id !== draftId || draft.revision !== revision) {
        return overtakenBy(tx, opportunity.id, draft);
      }
      const { savedAt } = await saveDraft(tx, draftId, sheet);
      return {
        event: null,
        message: 'The draft is saved.',
        result: { savedAt, revision: revision + 1 },
      };
    },
  );
}

/** A draft that another window saved is told apart from one that is no more. */
export async function overtakenBy(
  tx: Qualifying['tx'],
  opportunityId: string,
  draft: Qualifying['draft'],
): Promise<Refused> {
  const refused = await overtaken(tx, opportunityId);
  if (!draft) return refused;
  const message = `The draft was saved elsewhere, by ${draft.assessorName}, after you opened this form. What you typed is still here: compare it with the draft as it is now before you save again.`;
  return { ...refused, message };
}
