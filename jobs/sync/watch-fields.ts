import { holdFor, readDescription, unfedOf } from './known-fields.ts';
import type { Work } from './work.ts';

/**
 * Reads the description of the CRM and holds it against the last one, before a sweep. Throws RunHeld where
 * a field we map has vanished; where there is no description to read, the pages are watched instead.
 */
export async function watchFields(work: Work): Promise<void> {
  const known = await readDescription(work);
  if (!known) return;
  const unfed = await unfedOf(work, known);
  if (unfed.length > 0) await holdFor(work, unfed);
}
