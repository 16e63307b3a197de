import { mostFiles, type EvidenceType } from '#app/domain/evidence.ts';
import { sign, type Signature } from '#app/domain/mandate.ts';
import { inScope, mandateFor, scopeOf } from '#app/domain/permissions.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { evidenceStore } from '#app/lib/evidence-store.server.ts';
import type { SpooledFile } from '#app/lib/evidence-spool.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { criteriaOf } from '#app/models/evidence-view.server.ts';
import { countEvidence, createEvidence } from '#app/models/evidence.server.ts';
import { readQualification } from '#app/models/qualification.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { requestScan } from './request-scan.server.ts';

/** Who acts on the evidence of which opportunity. */
export interface EvidenceActing {
  actorId: string;
  opportunityId: string;
  requestId?: string;
}

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
export async function addEvidence(
  acting: EvidenceActing,
  input: NewEvidence,
): Promise<EvidenceOutcome> {
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
  { opportunityId, requestId }: EvidenceActing,
  { name, type, file, criterion }: NewEvidence,
  by: { actor: Signature; subjectName: string | null; storageKey: string },
): Promise<EvidenceOutcome> {
  const { actor, subjectName, storageKey } = by;
  const id = await createEvidence(tx, {
    ...{ opportunityId: BigInt(opportunityId), criterion, name, contentType: type.contentType },
    ...{ size: BigInt(file.bytes), sha256: file.sha256, storageKey },
    scanStatus: env.EVIDENCE_SCAN_URL ? 'PENDING' : 'CLEAN',
    ...{ uploadedById: actor.id, uploadedByName: actor.name },
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
  { actorId, opportunityId }: EvidenceActing,
  criterion: string | null,
): Promise<{ actor: Signature; subjectName: string | null } | EvidenceRefused> {
  const viewer = await findViewer(tx, actorId);
  const found = viewer && (await readQualification(tx, opportunityId, { lock: true }));
  if (!viewer || !found || !inScope(scopeOf(viewer, 'comment:opportunity'), found.opportunity)) {
    return refusedEvidence(404, 'There is no such opportunity among those your roles let you see.');
  }
  if (found.opportunity.gone) {
    return refusedEvidence(409, 'The opportunity is gone from the CRM, so no file can be added.');
  }
  const known = criterion === null || (await criteriaOf(tx, opportunityId)).some(named(criterion));
  if (!known) return refusedEvidence(400, 'The scorecard has no such criterion. Choose another.');
  if ((await countEvidence(tx, opportunityId)) >= mostFiles) {
    return refusedEvidence(409, `An opportunity has at most ${mostFiles} files. Remove one first.`);
  }
  const actor = sign(viewer, mandateFor(viewer, 'comment:opportunity', found.opportunity));
  return { actor, subjectName: found.opportunity.name };
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
