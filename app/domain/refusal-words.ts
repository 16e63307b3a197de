import type { Refusal } from './judge.ts';
import type { Intent } from './transitions.ts';
import { workflowStatusNames, type WorkflowStatus } from './workflow.ts';

/** What each intent is called in a sentence: "cannot be …". */
const done: Record<Intent, string> = {
  assign: 'assigned to an architect',
  start: 'assessed',
  save: 'assessed',
  submit: 'submitted',
  'still-holds': 'confirmed',
  renew: 'assessed anew',
  return: 'returned',
  recommend: 'recommended on',
  decide: 'decided',
  decline: 'declined',
  hold: 'put on hold',
  resume: 'resumed',
  reopen: 'reopened',
};

/** What answers for an opportunity that is none, or none that somebody may see: the two are never told apart. */
export const noSuchOpportunity = 'There is no such opportunity among those your roles let you see.';

/** Why an intent was refused, in words for whoever asked. */
export function refusalWords(refusal: Refusal, intent: Intent, status: WorkflowStatus): string {
  const state = workflowStatusNames[status];
  switch (refusal) {
    case 'not-found':
      return noSuchOpportunity;
    case 'not-allowed':
      return `Your roles do not let you do this: the opportunity cannot be ${done[intent]} by you.`;
    case 'gone':
      return 'The opportunity is gone from the CRM. What is on record is kept, and nothing can be changed until it comes back.';
    case 'wrong-state':
      return `The opportunity is in the state ${state} and cannot be ${done[intent]} there.`;
    case 'own-assessment':
      return 'This is your own assessment. Somebody else has to judge it.';
    case 'own-recommendation':
      return 'You recommended on this assessment, or somebody did for you. Another manager has to decide.';
    case 'absent-assessment':
      return 'Whom you stand in for assessed this. Somebody else has to judge it.';
    case 'absent-recommendation':
      return 'Whom you stand in for recommended on this assessment. Another manager has to decide.';
    case 'stale':
      return 'Nothing in the CRM has moved away from what this assessment rests on.';
    case 'assessed':
      return 'There is no submitted assessment to go back to.';
    case 'never-assessed':
      return 'It has been assessed already.';
    case 'fast-track':
      return 'It has no recommendation yet, and the fast track of its scorecard does not apply to it.';
    case 'another-assessor':
    case 'another-recommender':
      return 'Somebody else has to do this.';
  }
}
