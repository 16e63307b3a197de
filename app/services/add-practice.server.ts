import { isReadable } from '#app/domain/readable.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { practiceAlike } from '#app/models/practice.server.ts';
import { lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';

export type AddPracticeResult =
  | { ok: true; id: string; name: string }
  | {
      ok: false;
      reason: 'not-allowed' | 'no-name' | 'unseen' | 'too-long' | 'exists';
      message: string;
    };

const words = {
  'not-allowed': 'You may not add practices: your own roles have changed.',
  'no-name': 'Give the practice the name it has in the CRM.',
  unseen: 'The name holds a character nobody can read. Type it instead of pasting it.',
  'too-long': 'A name of a practice has at most 200 characters.',
  exists: 'There is a practice of this name already.',
};

/** Adds a practice. Its name is compared letter by letter with what the CRM says of an opportunity. */
export async function addPractice(input: {
  actor: { id: string; name: string };
  name: string;
  requestId?: string;
}): Promise<AddPracticeResult> {
  const { actor, requestId } = input;
  const name = input.name.trim();
  // What nobody can see is no name.
  if (!isReadable(name)) return refused('no-name');
  if (/[\p{C}\ufffd]/u.test(name)) return refused('unseen');
  if (name.length > 200) return refused('too-long');
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    if (!(await stillHolds(tx, actor.id, 'manage:roles'))) return refused('not-allowed');
    if (await tx.practice.findUnique({ where: { name } })) return refused('exists');
    const alike = await practiceAlike(tx, name);
    if (alike) return { ok: false, reason: 'exists', message: alikeWords(alike) };
    const practice = await tx.practice.create({ data: { name }, select: { id: true } });
    const id = String(practice.id);
    await recordEvent(tx, {
      kind: 'practice.created',
      actor,
      subject: { type: 'practice', id, name },
      data: {},
      requestId,
    });
    return { ok: true, id, name };
  });
}

function alikeWords(name: string): string {
  return `There is a practice “${name}” already, and the CRM uses no name that differs from it in case or spaces.`;
}

function refused(reason: keyof typeof words): AddPracticeResult {
  return { ok: false, reason, message: words[reason] };
}
