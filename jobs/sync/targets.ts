import type { Work } from './work.ts';

/** Goes through the targets of a repair or a replay, one by one. */
export async function goToTargets(work: Work): Promise<void> {
  throw new Error(`Run ${work.run.id} has targets, which nothing goes to yet.`);
}
