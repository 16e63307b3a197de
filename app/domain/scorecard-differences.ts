import { typedPercent } from './scorecard-values.ts';
import type { Band, Criterion, Scorecard } from './scorecard.ts';
import { formatRating } from './scoring.ts';

export interface Difference {
  what: string;
  before: string;
  after: string;
}

export const adviceNames: Record<Band['advice'], string> = {
  GO: 'GO',
  EITHER: 'Either',
  NO_GO: 'NO-GO',
};

/** What one scorecard asks and counts otherwise than another, in words. */
export function differencesOf(old: Scorecard, next: Scorecard): Difference[] {
  return [
    ...rows(old.criteria, next.criteria, criterionDifferences, ({ weight }) => `weight ${weight}`),
    ...rows(old.bands, next.bands, bandDifferences, ({ from }) => `from ${typedPercent(from)} %`),
    ...differing('Fast track', fastTrackWords(old), fastTrackWords(next)),
  ];
}

/** The fast track of a scorecard, in words. */
export function fastTrackWords({ fastTrack }: Scorecard): string {
  if (!fastTrack.enabled) return 'off';
  const limits = Object.entries(fastTrack.under).map(([code, amount]) => `${amount} ${code}`);
  return `from ${typedPercent(fastTrack.from)} %, under ${limits.join(' or ')}`;
}

/** When a criterion knocks out, in words. */
export function knockOutText({ knockOutBelow }: Criterion): string {
  return knockOutBelow === null ? 'none' : `below ${formatRating(knockOutBelow)}`;
}

function rows<T extends { code: string; name: string }>(
  old: readonly T[],
  next: readonly T[],
  compare: (before: T, after: T) => Difference[],
  brief: (row: T) => string,
): Difference[] {
  const removed = old
    .filter(({ code }) => !next.some((row) => row.code === code))
    .map((row) => ({ what: row.name, before: brief(row), after: 'not there' }));
  const kept = next.flatMap((row) => {
    const before = old.find(({ code }) => code === row.code);
    return before
      ? compare(before, row)
      : [{ what: row.name, before: 'not there', after: brief(row) }];
  });
  return [...removed, ...kept];
}

function criterionDifferences(before: Criterion, after: Criterion): Difference[] {
  const { name } = after;
  const words = ({ question, anchors, reasons }: Criterion) =>
    JSON.stringify([question, anchors, reasons]);
  const reworded = words(before) !== words(after);
  return [
    ...differing(`${before.name}: name`, before.name, name),
    ...differing(`${name}: weight`, String(before.weight), String(after.weight)),
    ...differing(`${name}: knock-out`, knockOutText(before), knockOutText(after)),
    ...(reworded
      ? [
          {
            what: `${name}: question, anchors or reasons`,
            before: 'as in force',
            after: 'reworded',
          },
        ]
      : []),
  ];
}

function bandDifferences(before: Band, after: Band): Difference[] {
  const { name } = after;
  const from = (band: Band) => `${typedPercent(band.from)} %`;
  return [
    ...differing(`${before.name}: name`, before.name, name),
    ...differing(`${name}: from`, from(before), from(after)),
    ...differing(`${name}: speaks for`, adviceNames[before.advice], adviceNames[after.advice]),
  ];
}

function differing(what: string, before: string, after: string): Difference[] {
  return before === after ? [] : [{ what, before, after }];
}
