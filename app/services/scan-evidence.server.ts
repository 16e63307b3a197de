import { Readable } from 'node:stream';
import { system } from '#app/domain/audit.ts';
import { db } from '#app/lib/db.server.ts';
import { evidenceStore } from '#app/lib/evidence-store.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { findEvidence, markScanned, type StoredEvidence } from '#app/models/evidence.server.ts';
import { dropBytes } from './remove-evidence.server.ts';

const patienceMs = 120_000;
/** Answers that speak of the scanner or of how it is asked, not of the file. */
const notOfTheFile = [401, 404, 405, 407, 408, 429];

/**
 * Has one waiting file judged by the scanner; without a scanner it counts as clean. A scanner that is
 * down or odd is a fault: the file goes on waiting and nobody gets it.
 */
export async function scanEvidence(fileId: string, scanner: string | undefined): Promise<void> {
  const file = await findEvidence(db, fileId);
  if (file?.scan !== 'PENDING') return;
  const clean = scanner === undefined || (await askScanner(scanner, file));
  const settled = await db.$transaction(async (tx) => {
    const marked = await markScanned(tx, file.id, clean ? 'CLEAN' : 'REFUSED');
    if (marked && !clean) await recordRefusal(tx, file);
    return marked;
  });
  if (settled && !clean) await dropBytes(file);
}

async function askScanner(scanner: string, { storageKey }: StoredEvidence): Promise<boolean> {
  const response = await fetch(scanner, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: Readable.toWeb(Readable.from(evidenceStore.read(storageKey))) as ReadableStream,
    duplex: 'half',
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  const { status } = response;
  await response.body?.cancel();
  if (response.ok) return true;
  if (status >= 400 && status < 500 && !notOfTheFile.includes(status)) return false;
  throw new Error(`The scanner answered ${status}.`);
}

async function recordRefusal(tx: Parameters<typeof recordEvent>[0], file: StoredEvidence) {
  const id = BigInt(file.opportunityId);
  const { name } = await tx.opportunity.findUniqueOrThrow({
    where: { id },
    select: { name: true },
  });
  await recordEvent(tx, {
    kind: 'evidence.refused',
    actor: system,
    subject: { type: 'opportunity', id: file.opportunityId, name },
    data: { file: file.name, reason: 'the scanner refused it' },
  });
}
