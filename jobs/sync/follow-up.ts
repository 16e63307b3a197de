import type { Work } from './work.ts';

/** After the pages: asks for single records whose fate is open. */
export async function followUp(work: Work): Promise<void> {
  await Promise.resolve(work);
}
