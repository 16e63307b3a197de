import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';

export type RemovePracticeResult =
  | { ok: true; name: string }
  | { ok: false; reason: 'not-allowed' | 'unknown' | 'has-members'; message: string };

const words = {
  'not-allowed': 'You may not remove practices: your own roles have changed.',
  unknown: 'This practice is no longer there.',
  'has-members': 'People belong to this practice. Take them out of it first.',
};

/** Removes a practice nobody belongs to. The opportunities keep what the CRM calls their practice. */
export async function removePractice(input: {
  actor: { id: string; name: string };
  practiceId: bigint;
  requestId?: string;
}): Promise<RemovePracticeResult> {
  const { actor, practiceId: id, requestId } = input;
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return refused('not-allowed');
    const practice = await tx.practice.findUnique({ where: { id } });
    if (!practice) return refused('unknown');
    if (await tx.userPractice.count({ where: { practiceId: id } })) return refused('has-members');
    await tx.practice.delete({ where: { id } });
    const subject = { type: 'practice' as const, id: String(id), name: practice.name };
    await recordEvent(tx, { kind: 'practice.removed', actor, subject, data: {}, requestId });
    return { ok: true, name: practice.name };
  });
}

function refused(reason: keyof typeof words): RemovePracticeResult {
  return { ok: false, reason, message: words[reason] };
}
