import { syncPurposes, type SyncPurpose, type SyncStatus, type SyncType } from './sync.ts';

/** What kinds of runs a list tells apart: the two syncs, and every other purpose. */
export type RunKind = SyncType | Exclude<SyncPurpose, 'SYNC'>;
export const runKinds: readonly RunKind[] = [
  'FULL',
  'INCREMENTAL',
  ...syncPurposes.filter((purpose) => purpose !== 'SYNC'),
];

export const runOutcomes: readonly SyncStatus[] = [
  'SUCCESS',
  'PARTIAL',
  'FAILED',
  'HELD',
  'CANCELLED',
  'RUNNING',
];

/** Which runs are listed, and which page of them. */
export interface RunQuery {
  kind: RunKind | null;
  outcome: SyncStatus | null;
  /** sync_logs.id of the last run of the page before. */
  before: string | null;
}

/** Reads the parameters of the list of runs; null where they ask for what there cannot be. */
export function parseRunQuery(params: URLSearchParams): RunQuery | null {
  const [kind, outcome, before] = ['kind', 'outcome', 'before'].map((n) => params.get(n) || null);
  const query = {
    kind: runKinds.find((each) => each === kind) ?? null,
    outcome: runOutcomes.find((each) => each === outcome) ?? null,
    before: before ?? null,
  };
  const known = query.kind === kind && query.outcome === outcome;
  return known && (!before || /^\d{1,18}$/.test(before)) ? query : null;
}

/** The address of a page of runs. */
export function runsAddress({ kind, outcome, before }: RunQuery): string {
  const params = new URLSearchParams();
  if (kind) params.set('kind', kind);
  if (outcome) params.set('outcome', outcome);
  if (before) params.set('before', before);
  return params.size > 0 ? `/sync?${params}` : '/sync';
}
