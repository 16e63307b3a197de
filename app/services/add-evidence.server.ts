import { mostFiles, type EvidenceType } from '#app/domain/evidence.ts';
import { sign, type Signature } from '#app/domain/mandate.ts';
import { mandateFor } from '#app/domain/permissions.ts';
import { noSuchOpportunity } from '#app/domain/refusal-words.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { evidenceStore } from '#app/lib/evidence-store.server.ts';
import type { SpooledFile } from '#app/lib/evidence-spool.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { criteriaOf } from '#app/models/evidence-view.server.ts';
import { countEvidence, createEvidence } from '#app/models/evidence.server.ts';
import { enterOpportunity, type ActingOn } from './enter-opportunity.server.ts';
import { requestScan } from './request-scan.server.ts';

export interface EvidenceRefused {
  ok: false;
  status: 400 | 403 | 404 | 409;
  message: string;
}

export type EvidenceOutcome = { ok: true; id: string; message: string } | EvidenceRefused;

export interface NewEvidence {
  name: string;
  type: EvidenceType;
  file: SpooledFile;
  /** Null: about the whole opportunity. */
  criterion: string | null;
}

/** Keeps a file that has come in whole, with its row and its event; then has it scanned. */
export async function addEvidence(acting: ActingOn, input: NewEvidence): Promise<EvidenceOutcome> {
  const staged = await evidenceStore.put(input.file);
  let outcome: EvidenceOutcome | null = null;
  try {
    outcome = await db.$transaction(
      async (tx) => {
        const allowed = await judgeAddition(tx, acting, input.criterion);
        if ('ok' in allowed) return allowed;
        return write(tx, acting, input, { ...allowed, storageKey: await staged.commit(tx) });
      },
      { maxWait: 20_000, timeout: 120_000 },
    );
  } finally {
    if (!outcome?.ok) await staged.discard();
  }
  if (outcome.ok && env.EVIDENCE_SCAN_URL) await requestScan(outcome.id);
  return outcome;
}

async function write(
  tx: Db,
  { opportunityId, requestId }: ActingOn,
  { name, type, file, criterion }: NewEvidence,
  by: { actor: Signature; subjectName: string | null; storageKey: string },
): Promise<EvidenceOutcome> {
  const { actor, subjectName, storageKey } = by;
  const id = await createEvidence(tx, {
    opportunityId: BigInt(opportunityId),
    criterion,
    name,
    contentType: type.contentType,
    size: BigInt(file.bytes),
    sha256: file.sha256,
    storageKey,
    scanStatus: env.EVIDENCE_SCAN_URL ? 'PENDING' : 'CLEAN',
    uploadedById: actor.id,
    uploadedByName: actor.name,
  });
  await recordEvent(tx, {
    kind: 'evidence.added',
    actor,
    subject: { type: 'opportunity', id: opportunityId, name: subjectName },
    data: { file: name, bytes: file.bytes, criterion },
    requestId,
  });
  return { ok: true, id, message: `“${name}” was added.` };
}

/** Whether the actor may add a file now; who they are where they may. */
async function judgeAddition(
  tx: Db,
  acting: ActingOn,
  criterion: string | null,
): Promise<{ actor: Signature; subjectName: string | null } | EvidenceRefused> {
  const entered = await enterOpportunity(tx, acting, 'comment:opportunity');
  if (!entered) return refusedEvidence(404, noSuchOpportunity);
  const { viewer, opportunity } = entered;
  if (opportunity.gone) {
    return refusedEvidence(409, 'The opportunity is gone from the CRM, so no file can be added.');
  }
  const known = criterion === null || (await criteriaOf(tx, opportunity.id)).some(named(criterion));
  if (!known) return refusedEvidence(400, 'The scorecard has no such criterion. Choose another.');
  if ((await countEvidence(tx, opportunity.id)) >= mostFiles) {
    return refusedEvidence(409, `An opportunity has at most ${mostFiles} files. Remove one first.`);
  }
  const actor = sign(viewer, mandateFor(viewer, 'comment:opportunity', opportunity));
  return { actor, subjectName: opportunity.name };
}

/** Refuses in words. */
export function refusedEvidence(
  status: EvidenceRefused['status'],
  message: string,
): EvidenceRefused {
  return { ok: false, status, message };
}

function named(criterion: string): (row: { code: string }) => boolean {
  return ({ code }) => code === criterion;
}
