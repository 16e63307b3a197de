import { db } from '#app/lib/db.server.ts';
import { listAccess, type PersonAccess } from '#app/models/access-review.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';

/** Everybody with what they can do, and the event that somebody takes it out of BQS. */
export async function exportAccess(by: {
  actor: { id: string; name: string };
  requestId?: string;
}): Promise<PersonAccess[]> {
  const everybody: PersonAccess[] = [];
  let after: string | null = null;
  do {
    const page = await listAccess(db, { search: '', after });
    everybody.push(...page.people);
    after = page.next;
  } while (after !== null);
  const rows = everybody.reduce((sum, { lines }) => sum + Math.max(1, lines.length), 0);
  await recordEvent(db, {
    kind: 'access.exported',
    actor: { id: by.actor.id, name: by.actor.name },
    subject: { type: 'access', id: 'export', name: 'Who can do what' },
    data: { rows },
    requestId: by.requestId,
  });
  return everybody;
}
