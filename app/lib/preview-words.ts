import type { PreviewCounts, PreviewKind, Verdict } from '#app/domain/sync-preview.ts';
import { formatCount, plural } from './format.ts';

/** How people call what differs between copy and source, and what that means. */
export const differenceWords: Record<PreviewKind, { name: string; meaning: string }> = {
  NEW: {
    name: 'Only in the CRM',
    meaning: 'The CRM has shown them since before the last sync, and BQS does not have them.',
  },
  MISSING: {
    name: 'Only here',
    meaning:
      'BQS has them as present and the CRM did not send them. A repair asks for each by its number; one that is not found is asked for again a day later before it reads as gone.',
  },
  UPDATED: {
    name: 'Different',
    meaning: 'The same record says one thing here and another in the CRM.',
  },
  REAPPEARED: {
    name: 'Gone here, present in the CRM',
    meaning: 'BQS has them marked as gone and the CRM sends them.',
  },
  MOVED: {
    name: 'Changed since the last sync',
    meaning: 'The CRM changed them after what the copy reaches up to; the next sync brings them.',
  },
  QUARANTINED: {
    name: 'Cannot be read',
    meaning: 'The next sync puts them in quarantine. They count on neither side.',
  },
};

/** The same for what a sync would do. */
export const dryRunWords: Record<PreviewKind, { name: string; meaning: string }> = {
  NEW: { name: 'Would be added', meaning: 'BQS does not have them yet.' },
  UPDATED: { name: 'Would be changed', meaning: 'Field by field, from what to what.' },
  REAPPEARED: { name: 'Would come back', meaning: 'They are marked as gone here.' },
  MISSING: {
    name: 'Not sent by the CRM',
    meaning: 'BQS has them as present; the sync would take note of them as missing.',
  },
  QUARANTINED: { name: 'Would go to quarantine', meaning: 'They cannot be read as they are.' },
  MOVED: { name: 'Changed meanwhile', meaning: 'The CRM changed them while the run went on.' },
};

/** The verdict on the copy in one line. */
export function verdictWords({ state, differing, equal }: Verdict, fetched: number): string {
  if (state === 'nothing-sent') return 'The CRM sent nothing to compare with';
  if (state === 'differs')
    return `${plural(differing, 'opportunity differs', 'opportunities differ')}`;
  return `Equal: ${formatCount(equal)} of ${plural(fetched, 'record')}, every column`;
}

/** What a dry run found in one sentence, after "would". */
export function dryRunSentence(counts: PreviewCounts): string {
  const parts = [
    [counts.new, 'add'],
    [counts.updated, 'change'],
    [counts.reappeared, 'bring back'],
    [counts.quarantined, 'quarantine'],
  ] as const;
  const named = parts
    .filter(([count]) => count > 0)
    .map(([count, verb]) => `${verb} ${formatCount(count)}`);
  return named.length > 0 ? `Would ${named.join(', ')}` : 'Would write nothing';
}
