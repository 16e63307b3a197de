import { judge, type Facts, type Judgement, type Refusal } from './judge.ts';
import { refusalWords } from './refusal-words.ts';
import type { Viewer } from './roles.ts';
import type { Intent } from './transitions.ts';

/** What a row of a worklist says of the facts that its act is judged by. */
export type RowFacts = Pick<
  Facts,
  | ('status' | 'practice' | 'assignedSa' | 'salesOwnerEmail')
  | ('assessorId' | 'recommenderId' | 'recommendedForId')
>;

/** What an opportunity with a submitted assessment waits for. */
export type AwaitedIntent = Extract<Intent, 'recommend' | 'decide'>;

/** The refusals that are about what somebody has done, not about what they hold or where it stands. */
const duties: readonly Refusal[] = [
  ...(['own-assessment', 'own-recommendation'] as const),
  ...(['absent-assessment', 'absent-recommendation'] as const),
];

/**
 * Why the viewer cannot do what a row with a submitted assessment waits for, in words; null where they can.
 * Such a row stands on a list that leaves out what is gone and, without a recommendation, what the fast
 * track does not take.
 */
export function rowObstacle(viewer: Viewer, intent: AwaitedIntent, row: RowFacts): string | null {
  const held = { statusBeforeHold: null, gone: false, stale: false };
  const facts = { ...row, ...held, assessed: true, fastTrack: row.status === 'SUBMITTED' };
  return wordsOf(judge(viewer, intent, facts, 'GO'), intent, row.status);
}

/**
 * What would be the viewer's to do now, had they no part in what is judged: each with the words that a row
 * says of it. What their roles do not let them do at all is left out, as its button is.
 */
export function obstaclesOf(
  viewer: Viewer,
  facts: Facts,
): { intent: AwaitedIntent; words: string }[] {
  return (['decide', 'recommend'] as const).flatMap((intent) => {
    const judged = judge(viewer, intent, facts, 'GO');
    const words = wordsOf(judged, intent, facts.status);
    return !judged.ok && words && duties.includes(judged.refusal) ? [{ intent, words }] : [];
  });
}

function wordsOf(judged: Judgement, intent: Intent, status: Facts['status']): string | null {
  return judged.ok ? null : refusalWords(judged.refusal, intent, status);
}
