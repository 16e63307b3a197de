import { mayRemove } from '#app/domain/evidence-form.ts';
import { db } from '#app/lib/db.server.ts';
import { evidenceStore } from '#app/lib/evidence-store.server.ts';
import { log } from '#app/lib/log.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findEvidence, markRemoved } from '#app/models/evidence.server.ts';
import { refusedEvidence, type EvidenceOutcome } from './add-evidence.server.ts';
import { enterOpportunity, type ActingOn } from './enter-opportunity.server.ts';

/**
 * Takes a file out of sight. Its bytes go too, unless an assessment has been submitted since it was
 * added: that one may rest on it.
 */
export async function removeEvidence(
  acting: ActingOn,
  input: { id: string; reason: string },
): Promise<EvidenceOutcome> {
  const { opportunityId, requestId } = acting;
  const removed = await db.$transaction(async (tx) => {
    const entered = await enterOpportunity(tx, acting, 'comment:opportunity');
    const file = entered && (await findEvidence(tx, input.id));
    if (!entered || file?.opportunityId !== opportunityId) {
      return refusedEvidence(404, 'This file is not there any more: somebody was faster.');
    }
    const { viewer, opportunity } = entered;
    if (!mayRemove(viewer, file)) return refusedEvidence(403, wordsFor(file));
    await markRemoved(tx, file.id, viewer.name);
    await recordEvent(tx, {
      kind: 'evidence.removed',
      actor: viewer,
      subject: { type: 'opportunity', id: opportunityId, name: opportunity.name },
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
