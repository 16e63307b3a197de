import type { Work } from './work.ts';

/** Reads the pages and keeps what they would change. Writes no opportunity. */
export async function previewPages(work: Work): Promise<number | null> {
  throw new Error(`Run ${work.run.id} is a preview, which nothing makes yet.`);
}
