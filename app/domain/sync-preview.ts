import { z } from 'zod';

/** What a record that would be written, or differs, is: the `kind` column of sync_previews. */
export const previewKinds = [
  'NEW',
  'UPDATED',
  'REAPPEARED',
  'MISSING',
  'QUARANTINED',
  'MOVED',
] as const;
export type PreviewKind = (typeof previewKinds)[number];

/**
 * How many records of a kind a run lists; they add up to 10,000. Counts stay exact beyond it. A kind has a
 * share of its own, so that a copy that is all new does not crowd out the one cell that was falsified.
 */
export const mostListed: Record<PreviewKind, number> = {
  NEW: 2000,
  UPDATED: 3000,
  REAPPEARED: 1000,
  MISSING: 2000,
  QUARANTINED: 1000,
  MOVED: 1000,
};

const count = z.number().int().nonnegative().default(0);

/** The `preview` column of sync_logs. The kinds exclude one another: who reappears does not count as updated. */
export const previewSchema = z.object({
  new: count,
  updated: count,
  reappeared: count,
  missing: count,
  quarantined: count,
  /** Reconciliation: changed in the CRM since the last sync, so that no copy could have it yet. */
  moved: count,
  /** Dry run: why the real run would be held for a person. */
  held: z.string().nullable().default(null),
  /** Whether what comes after the last page is in it. */
  settled: z.boolean().default(false),
});
export type Preview = z.infer<typeof previewSchema>;
export type PreviewCounts = Omit<Preview, 'held' | 'settled'>;

/** Where a kind is counted. */
export const countedAs: Record<PreviewKind, keyof PreviewCounts> = {
  NEW: 'new',
  UPDATED: 'updated',
  REAPPEARED: 'reappeared',
  MISSING: 'missing',
  QUARANTINED: 'quarantined',
  MOVED: 'moved',
};

/** The kinds in which copy and source contradict each other. */
export const differingKinds = [
  'NEW',
  'MISSING',
  'UPDATED',
  'REAPPEARED',
] as const satisfies PreviewKind[];

/** The kinds that asking the CRM for the record itself can settle. */
export const repairableKinds = [
  ...differingKinds,
  'MOVED',
] as const satisfies readonly PreviewKind[];

export interface Verdict {
  state: 'equal' | 'differs' | 'nothing-sent';
  /** Records in which copy and source contradict each other. */
  differing: number;
  /** Records the CRM sent that equal ours in every column. */
  equal: number;
  /** Records the CRM changed since the last sync, which no copy could have yet. */
  moved: number;
}

/** What a reconciliation that came to its end says of the copy. */
export function verdictOf({
  counts,
  fetched,
  unchanged,
}: {
  counts: PreviewCounts;
  fetched: number;
  unchanged: number;
}): Verdict {
  const differing = differingKinds.reduce((sum, kind) => sum + counts[countedAs[kind]], 0);
  const state =
    fetched === 0 && counts.missing > 0 ? 'nothing-sent' : differing > 0 ? 'differs' : 'equal';
  return { state, differing, equal: unchanged, moved: counts.moved };
}
