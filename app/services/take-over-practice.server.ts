import type { HandOver } from '#app/domain/hand-over-form.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { listSuccessors, readOpenWork } from '#app/models/open-work.server.ts';
import { lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';
import { changeMembershipIn } from './change-membership.server.ts';
import { changeRoleIn } from './change-role.server.ts';
import { personRefused, type PersonChange } from './person-change.server.ts';

type Taken = HandOver['practices'][number];
const gone = 'A practice chosen here is not theirs to hand over any more: somebody else heads it.';
const unfit =
  'Whoever takes over a practice is active, and heads a practice already or works in this one.';

/** Why practices of this person cannot go to who was chosen, in words; empty where all of them can. */
export async function refuseTakers(tx: Db, from: string, chosen: Taken[]): Promise<string[]> {
  if (chosen.length === 0) return [];
  const { practices } = await readOpenWork(tx, from);
  const successors = await listSuccessors(tx, from);
  return chosen.flatMap(({ practiceId, to }) => {
    const practice = practices.find(({ id }) => id === practiceId);
    if (!practice) return gone;
    const taker = successors.find(({ id }) => id === to);
    return taker && (taker.head || taker.practices.includes(practice.name)) ? [] : unfit;
  });
}

/**
 * Makes somebody head of a practice that `userId` leaves: a member of it becomes its head, a head of another
 * one its member. All or nothing, so that a refusal leaves no role behind.
 */
export function takeOverPractice({ userId, ...by }: PersonChange, chosen: Taken) {
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    if (!(await stillHolds(tx, by.actor.id, 'manage:roles'))) return personRefused('not-allowed');
    const [message] = await refuseTakers(tx, userId, [chosen]);
    if (message) return { ok: false as const, message };
    const taker = { ...by, userId: chosen.to };
    const granted = await changeRoleIn(tx, { ...taker, role: 'PRACTICE_HEAD' }, true);
    if (!granted.ok) return granted;
    const practiceId = BigInt(chosen.practiceId);
    const joined = await changeMembershipIn(tx, { ...taker, practiceId }, true);
    // Under the lock nothing can have changed since the checks.
    if (!joined.ok) throw new Error(joined.message);
    return joined;
  });
}
