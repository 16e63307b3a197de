import { inScope, type Scope } from '#app/domain/permissions.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

export type ScanState = 'PENDING' | 'CLEAN' | 'REFUSED';

/** A file as pages show it. */
export interface EvidenceFile {
  id: string;
  /** Null where it is about the whole opportunity. */
  criterion: string | null;
  name: string;
  contentType: string;
  bytes: number;
  scan: ScanState;
  uploadedById: string | null;
  uploadedBy: string;
  uploadedAt: Date;
  /** Whether an assessment has been submitted since: then it may be what that one rests on. */
  relied: boolean;
}

/** A file with where its bytes are and what it belongs to. */
export interface StoredEvidence extends EvidenceFile {
  opportunityId: string;
  storageKey: string;
  sha256: string;
}

/** The files of an opportunity, the newest first; what was removed is not among them. */
export async function listEvidence(db: Db, opportunityId: string): Promise<EvidenceFile[]> {
  const rows = await db.evidenceFile.findMany({
    where: { opportunityId: BigInt(opportunityId), removedAt: null },
    orderBy: [{ uploadedAt: 'desc' }, { id: 'asc' }],
  });
  const submittedAt = await lastSubmission(db, BigInt(opportunityId));
  return rows.map((row) => toFile(row, submittedAt));
}

/** One file, whoever may read it; null where it is not there or was removed. */
export async function findEvidence(db: Db, id: string): Promise<StoredEvidence | null> {
  const row = await db.evidenceFile.findFirst({ where: { id, removedAt: null } });
  if (!row) return null;
  const { opportunityId, storageKey, sha256 } = row;
  const file = toFile(row, await lastSubmission(db, opportunityId));
  return { ...file, opportunityId: String(opportunityId), storageKey, sha256 };
}

/** One file of an opportunity in scope; what is not in scope is not there. */
export async function findEvidenceInScope(
  db: Db,
  scope: Scope,
  id: string,
): Promise<StoredEvidence | null> {
  const file = await findEvidence(db, id);
  if (!file) return null;
  const opportunity = await db.opportunity.findUnique({
    where: { id: BigInt(file.opportunityId) },
    select: { practice: true, assignedSa: true, salesOwnerEmail: true },
  });
  return opportunity && inScope(scope, opportunity) ? file : null;
}

/** Writes the row of a file and returns its id. */
export async function createEvidence(
  tx: Db,
  file: Omit<Prisma.EvidenceFileUncheckedCreateInput, 'id'>,
): Promise<string> {
  const { id } = await tx.evidenceFile.create({ data: file, select: { id: true } });
  return id;
}

/** How many files an opportunity has. */
export function countEvidence(db: Db, opportunityId: string): Promise<number> {
  const where = { opportunityId: BigInt(opportunityId), removedAt: null };
  return db.evidenceFile.count({ where });
}

/** Takes a file out of sight; false where somebody was faster. */
export async function markRemoved(tx: Db, id: string, removedByName: string): Promise<boolean> {
  const { count } = await tx.evidenceFile.updateMany({
    where: { id, removedAt: null },
    data: { removedAt: new Date(), removedByName },
  });
  return count === 1;
}

/** Writes down what the scanner said of a file that waited for it; false where it no longer does. */
export async function markScanned(tx: Db, id: string, scan: 'CLEAN' | 'REFUSED'): Promise<boolean> {
  const { count } = await tx.evidenceFile.updateMany({
    where: { id, removedAt: null, scanStatus: 'PENDING' },
    data: { scanStatus: scan },
  });
  return count === 1;
}

async function lastSubmission(db: Db, opportunityId: bigint): Promise<Date | null> {
  const { _max } = await db.assessment.aggregate({
    where: { opportunityId },
    _max: { submittedAt: true },
  });
  return _max.submittedAt;
}

function toFile(
  row: Prisma.EvidenceFileGetPayload<object>,
  submittedAt: Date | null,
): EvidenceFile {
  const { id, criterion, name, contentType, scanStatus: scan, uploadedById, uploadedAt } = row;
  return {
    id,
    criterion,
    name,
    contentType,
    scan,
    uploadedById,
    uploadedAt,
    bytes: Number(row.size),
    uploadedBy: row.uploadedByName,
    relied: submittedAt !== null && submittedAt >= uploadedAt,
  };
}
