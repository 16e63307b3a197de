import { findingsOf } from '#app/domain/access-findings.ts';
import { db } from '#app/lib/db.server.ts';
import { listReviewed } from '#app/models/access-review.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { lockRoleChanges, stillHolds } from '#app/models/user-role.server.ts';

/** Puts on the record that somebody has gone through who can do what, and what was left open. */
export function reviewAccess(by: {
  actor: { id: string; name: string };
  requestId?: string;
}): Promise<{ ok: boolean; message: string }> {
  return db.$transaction(async (tx) => {
    await lockRoleChanges(tx);
    if (!(await stillHolds(tx, by.actor.id, 'review:access'))) {
      const message = 'You may not review access any more: your own roles have changed.';
      return { ok: false, message };
    }
    const reviewed = await listReviewed(tx);
    const findings = findingsOf(reviewed, new Date());
    await recordEvent(tx, {
      kind: 'access.reviewed',
      actor: { id: by.actor.id, name: by.actor.name },
      subject: { type: 'access', id: 'review', name: 'Who can do what' },
      data: { people: reviewed.length, findings: findings.length },
      requestId: by.requestId,
    });
    return { ok: true, message: 'The review is on record.' };
  });
}
