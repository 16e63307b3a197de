import type { Scorecard } from './scorecard.ts';
import { isReadable } from './readable.ts';
import { standingOf, type Ratings } from './scoring.ts';
import { groupDigits } from './text-length.ts';

/** One criterion's answer on a sheet. */
export interface Answer {
  criterion: string;
  /** Half-steps from 0 to 10; null is unanswered. */
  halfSteps: number | null;
  reasons: string[];
  note: string;
}

export interface Sheet {
  summary: string;
  answers: Answer[];
}

export const leastSummary = 20;
export const mostSummary = 4000;
export const mostNote = 2000;
/** A draft keeps more than a submitted sheet may hold: what is typed is shortened later, not lost. */
export const mostInDraft = { summary: mostSummary * 10, note: mostNote * 10 };

/** What still stands between a draft and its submission. */
export type Gap =
  | { kind: 'unanswered'; criterion: string }
  | { kind: 'unexplained'; criterion: string }
  | { kind: 'long-note'; criterion: string; length: number }
  | { kind: 'summary'; missing: number }
  | { kind: 'long-summary'; length: number };
export type LongGap = Extract<Gap, { length: number }>;

/** The gaps of a sheet on its scorecard, in the order of its criteria; empty when it may be submitted. */
export function gapsOf(card: Scorecard, sheet: Sheet): Gap[] {
  const gaps: Gap[] = [];
  for (const { code } of card.criteria) {
    const answer = sheet.answers.find(({ criterion }) => criterion === code);
    const rating = answer?.halfSteps ?? null;
    if (rating === null) gaps.push({ kind: 'unanswered', criterion: code });
    else if (isExtreme(rating) && !isExplained(answer)) {
      gaps.push({ kind: 'unexplained', criterion: code });
    }
    const length = answer?.note.length ?? 0;
    if (length > mostNote) gaps.push({ kind: 'long-note', criterion: code, length });
  }
  const missing = leastSummary - sheet.summary.replace(/\p{C}/gu, '').trim().length;
  if (missing > 0) gaps.push({ kind: 'summary', missing });
  const { length } = sheet.summary;
  if (length > mostSummary) gaps.push({ kind: 'long-summary', length });
  return gaps;
}

/** Whether a gap is one of too many words. */
export function isLong(gap: Gap): gap is LongGap {
  return 'length' in gap;
}

/** What is too long, and by how much. */
export function longWords(card: Scorecard, gap: LongGap): string {
  const length = groupDigits(gap.length);
  if (gap.kind === 'long-summary') {
    return `The summary has ${length} characters; at most ${groupDigits(mostSummary)} fit.`;
  }
  const name = card.criteria.find(({ code }) => code === gap.criterion)?.name;
  return `The note on ${name} has ${length} characters; at most ${groupDigits(mostNote)} fit.`;
}

/** A rating of 2.0 and below or 4.0 and above needs a reason or a note. */
export function isExtreme(rating: number): boolean {
  return rating <= 4 || rating >= 8;
}

/** The ratings of a sheet by criterion. */
export function ratingsOf(answers: readonly Answer[]): Ratings {
  return Object.fromEntries(answers.map(({ criterion, halfSteps }) => [criterion, halfSteps]));
}

/** The answers of an older sheet as far as `card` asks the same: what a new version begins with. */
export function carriedOver(card: Scorecard, answers: readonly Answer[]): Answer[] {
  return card.criteria.map(({ code }) => {
    const known = answers.find(({ criterion }) => criterion === code);
    return known ?? { criterion: code, halfSteps: null, reasons: [], note: '' };
  });
}

/** How a sheet stands, gaps included. */
export function reviewOf(card: Scorecard, sheet: Sheet) {
  return { standing: standingOf(card, ratingsOf(sheet.answers)), gaps: gapsOf(card, sheet) };
}

function isExplained(answer: Answer | undefined): boolean {
  return answer !== undefined && (answer.reasons.length > 0 || isReadable(answer.note));
}
