import type { SyncPurpose } from '#app/domain/sync.ts';
import {
  verdictOf,
  type PreviewCounts,
  type PreviewKind,
  type Verdict,
} from '#app/domain/sync-preview.ts';
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
    meaning:
      'BQS has them as present. They would be asked for one by one, and marked gone only if they are not found twice, a day apart.',
  },
  QUARANTINED: { name: 'Would go to quarantine', meaning: 'They cannot be read as they are.' },
  MOVED: { name: 'Changed meanwhile', meaning: 'The CRM changed them while the run went on.' },
};

/** The verdict on the copy in one line. */
export function verdictWords({ state, differing, equal, moved }: Verdict, fetched: number): string {
  if (state === 'nothing-sent') return 'The CRM sent nothing to compare with';
  if (state === 'differs')
    return `${plural(differing, 'opportunity differs', 'opportunities differ')}`;
  if (moved > 0)
    return `No difference; ${formatCount(moved)} changed in the CRM since the last sync`;
  return `Equal: ${formatCount(equal)} of ${plural(fetched, 'record')}, every column`;
}

/** The sums of a comparison in one line; what merely changed since must not read as a fault of the copy. */
export function groupWords(
  { total, differing }: { total: number; differing: number },
  verdict: Pick<Verdict, 'differing' | 'moved'>,
): string {
  if (differing === 0) return `All ${plural(total, 'group')} are equal`;
  if (verdict.differing === 0 && verdict.moved > 0) {
    const differ = plural(differing, 'group differs', 'groups differ');
    return `${differ} only by what changed since the last sync`;
  }
  return `${formatCount(differing)} of ${plural(total, 'group')} differ`;
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

/** What becomes of what a dry run did not see; null where it saw everything. */
export function notSentSentence({ missing }: Pick<PreviewCounts, 'missing'>): string | null {
  if (missing === 0) return null;
  const sent = plural(missing, 'was not sent: it', 'were not sent: they');
  const asked = missing === 1 ? 'asked for by itself' : 'asked for one by one';
  const found = missing === 1 ? 'it is' : 'they are';
  return `${sent} would be ${asked} and marked gone only if ${found} not found twice, a day apart.`;
}

/** What a run that writes nothing found, for a list of runs. */
export function shortPreview(
  run: { purpose: SyncPurpose; totalFetched: number; unchangedRecords: number },
  preview: PreviewCounts,
): string {
  const { totalFetched: fetched, unchangedRecords: unchanged } = run;
  const words =
    run.purpose === 'RECONCILE'
      ? verdictWords(verdictOf({ counts: preview, fetched, unchanged }), fetched)
      : dryRunSentence(preview);
  return words.charAt(0).toLowerCase() + words.slice(1);
}
