import type { HandOver } from '#app/domain/hand-over-form.ts';
import { db } from '#app/lib/db.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { assignOpportunity } from './assign-opportunity.server.ts';
import { personRefused, type PersonChange, type PersonRefused } from './person-change.server.ts';
import { refuseTakers, takeOverPractice } from './take-over-practice.server.ts';

export type HandOverResult =
  | {
      ok: true;
      /** Pieces of work handed over. */ done: number;
      /** Why others were not. */ refused: string[];
    }
  | PersonRefused;

/**
 * Hands open work over piece by piece, each as its own act with all its rules, notices and events. What
 * somebody else has moved in the meantime is refused and said, the rest goes on.
 */
export async function handOverWork(by: PersonChange, chosen: HandOver): Promise<HandOverResult> {
  const { actor, requestId } = by;
  if (!(await stillHolds(db, actor.id, 'manage:roles'))) return personRefused('not-allowed');
  const refused: string[] = [];
  let done = 0;
  const note = (outcome: { ok: true } | { ok: false; message: string }) => {
    if (outcome.ok) done += 1;
    else refused.push(outcome.message);
  };
  // A practice is wrong by a form that is forged or old: nothing of it is done then.
  const wrong = await refuseTakers(db, by.userId, chosen.practices);
  if (wrong.length > 0) return { ok: true, done: 0, refused: wrong };
  for (const { opportunityId, revision, to } of chosen.assessments) {
    note(await assignOpportunity({ actorId: actor.id, opportunityId, revision, requestId }, to));
  }
  for (const practice of chosen.practices) note(await takeOverPractice(by, practice));
  return { ok: true, done, refused: [...new Set(refused)] };
}
