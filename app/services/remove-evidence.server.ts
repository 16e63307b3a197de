import { mayRemove } from '#app/domain/evidence-form.ts';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { evidenceStore } from '#app/lib/evidence-store.server.ts';
import { log } from '#app/lib/log.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findEvidence, markRemoved } from '#app/models/evidence.server.ts';
import { readQualification } from '#app/models/qualification.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import {
  refusedEvidence,
  type EvidenceActing,
  type EvidenceOutcome,
} from './add-evidence.server.ts';

/**
 * Takes a file out of sight. Its bytes go too, unless an assessment has been submitted since it was
 * added: that one may rest on it.
 */
export async function removeEvidence(
  acting: EvidenceActing,
  input: { id: string; reason: string },
): Promise<EvidenceOutcome> {
  const { actorId, opportunityId, requestId } = acting;
  const removed = await db.$transaction(async (tx) => {
    const viewer = await findViewer(tx, actorId);
    const found = viewer && (await readQualification(tx, opportunityId, { lock: true }));
    const file = found && (await findEvidence(tx, input.id));
    const scope = viewer && scopeOf(viewer, 'comment:opportunity');
    if (!file || file.opportunityId !== opportunityId || !inScope(scope, found.opportunity)) {
      return refusedEvidence(404, 'This file is not there any more: somebody was faster.');
    }
    if (!viewer || !mayRemove(viewer, file)) return refusedEvidence(403, wordsFor(file));
    await markRemoved(tx, file.id, viewer.name);
    await recordEvent(tx, {
      kind: 'evidence.removed',
      actor: viewer,
      subject: { type: 'opportunity', id: opportunityId, name: found.opportunity.name },
      data: { file: file.name, reason: input.reason },
      requestId,
    });
    return { ok: true as const, file };
  });
  if (!removed.ok) return removed;
  const { file } = removed;
  if (!file.relied) await dropBytes(file);
  return { ok: true, id: file.id, message: `“${file.name}” was removed.` };
}

/** Bytes that stay because the store is out of reach are of no row that anybody sees. */
export async function dropBytes(file: { id: string; storageKey: string }): Promise<void> {
  await evidenceStore.remove(file.storageKey).catch((error: unknown) => {
    log.warn({ fileId: file.id, error: String(error) }, 'the bytes of a removed file are left');
  });
}

function wordsFor({ relied, uploadedBy }: { relied: boolean; uploadedBy: string }): string {
  if (relied) return 'An assessment has been submitted since. Now only a manager can remove it.';
  return `Only ${uploadedBy}, who added this file, or a manager can remove it.`;
}
