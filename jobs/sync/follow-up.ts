import { askMissing } from './ask-missing.ts';
import { askQuarantined } from './ask-quarantined.ts';
import type { Work } from './work.ts';

/**
 * After the pages: asks for single records whose fate is open, one after another and only so many. With
 * none open it asks for nothing. A fault of the CRM ends the asking, not the run: its pages are committed.
 */
export async function followUp(work: Work): Promise<void> {
  if (await askMissing(work)) await askQuarantined(work);
}
