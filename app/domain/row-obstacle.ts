import { judge, type Facts } from './judge.ts';
import { refusalWords } from './refusal-words.ts';
import type { Viewer } from './roles.ts';
import type { Intent } from './transitions.ts';

/** What a row of a worklist says of the facts that its act is judged by. */
export type RowFacts = Pick<
  Facts,
  | ('status' | 'practice' | 'assignedSa' | 'salesOwnerEmail')
  | ('assessorId' | 'recommenderId' | 'recommendedForId')
>;

/**
 * Why the viewer cannot do what a row with a submitted assessment waits for, in words; null where they can.
 * Such a row stands on a list that leaves out what is gone and, without a recommendation, what the fast
 * track does not take.
 */
export function rowObstacle(
  viewer: Viewer,
  intent: Extract<Intent, 'recommend' | 'decide'>,
  row: RowFacts,
): string | null {
  const held = { statusBeforeHold: null, gone: false, stale: false };
  const facts = { ...row, ...held, assessed: true, fastTrack: row.status === 'SUBMITTED' };
  const judged = judge(viewer, intent, facts, 'GO');
  return judged.ok ? null : refusalWords(judged.refusal, intent, row.status);
}
