import type { HandOver } from '#app/domain/hand-over-form.ts';
import { db } from '#app/lib/db.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { assignOpportunity } from './assign-opportunity.server.ts';
import { grantRole } from './grant-role.server.ts';
import { joinPractice } from './join-practice.server.ts';
import { personRefused, type PersonRefused } from './person-change.server.ts';

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
export async function handOverWork(
  by: { actor: { id: string; name: string }; requestId?: string },
  chosen: HandOver,
): Promise<HandOverResult> {
  const { actor, requestId } = by;
  if (!(await stillHolds(db, actor.id, 'manage:roles'))) return personRefused('not-allowed');
  const refused: string[] = [];
  let done = 0;
  const note = (outcome: { ok: true } | { ok: false; message: string }) => {
    if (outcome.ok) done += 1;
    else refused.push(outcome.message);
  };
  for (const { opportunityId, revision, to } of chosen.assessments) {
    note(await assignOpportunity({ actorId: actor.id, opportunityId, revision, requestId }, to));
  }
  for (const { practiceId, to: userId } of chosen.practices) {
    // A member of the practice becomes its head, a head of another one its member.
    const granted = await grantRole({ ...by, userId, role: 'PRACTICE_HEAD' });
    note(
      granted.ok ? await joinPractice({ ...by, userId, practiceId: BigInt(practiceId) }) : granted,
    );
  }
  return { ok: true, done, refused: [...new Set(refused)] };
}
