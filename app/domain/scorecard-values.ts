import { parseRating } from './scoring.ts';

/** Whole percent from 1 to 100; undefined where it is none. */
export function parseWeight(typed: string): number | undefined {
  const trimmed = typed.trim();
  const weight = /^\d{1,3}$/.test(trimmed) ? Number(trimmed) : 0;
  return weight >= 1 && weight <= 100 ? weight : undefined;
}

/** Tenths of a percent from `70`, `70.5` or `70,5`; undefined where it is none. */
export function parsePercent(typed: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d))?$/.exec(typed.trim());
  if (!match) return undefined;
  const tenths = Number(match[1]) * 10 + Number(match[2] ?? 0);
  return tenths <= 1000 ? tenths : undefined;
}

export const weightWords = 'A weight is a whole percent from 1 to 100.';
export const percentWords = 'Type a percentage from 0 to 100 with at most one decimal, like 62.5.';
export const knockOutWords = 'Choose a rating from 0.5 to 5, or none.';

/** Half-steps below which a rating knocks out; null is none, undefined no rating. */
export function parseKnockOut(typed: string): number | null | undefined {
  const rating = parseRating(typed);
  return rating === 0 ? undefined : rating;
}

/** Tenths of a percent as people type them: 705 is `70.5`. */
export function typedPercent(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.trunc(tenths / 10)}.${tenths % 10}`;
}

/** The sum of the weights as far as they are numbers. */
export function weightSum(weights: readonly string[]): number {
  return weights.reduce((sum, weight) => {
    const typed = weight.trim();
    return /^\d{1,3}$/.test(typed) ? sum + Number(typed) : sum;
  }, 0);
}

/** What stands one a line, without the lines that are empty. */
export function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
