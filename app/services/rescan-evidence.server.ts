import { db } from '#app/lib/db.server.ts';
import { findEvidence } from '#app/models/evidence.server.ts';
import { refusedEvidence, type EvidenceOutcome } from './add-evidence.server.ts';
import type { ActingOn } from './enter-opportunity.server.ts';
import { requestScan } from './request-scan.server.ts';

/** Has a file that still waits for the scanner scanned. The caller has checked who may see it. */
export async function rescanEvidence(
  { opportunityId }: ActingOn,
  id: string,
): Promise<EvidenceOutcome> {
  const file = await findEvidence(db, id);
  if (file?.opportunityId !== opportunityId) {
    return refusedEvidence(404, 'This file is not there any more.');
  }
  if (file.scan !== 'PENDING') return refusedEvidence(409, 'This file has been scanned already.');
  if (await requestScan(id)) return { ok: true, id, message: `“${file.name}” will be scanned.` };
  return refusedEvidence(409, 'The scan could not be asked for. Try again in a few minutes.');
}
