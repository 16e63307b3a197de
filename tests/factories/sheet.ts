import type { Sheet } from '#app/domain/assessment.ts';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';

/** A complete sheet on the default scorecard, every criterion rated alike unless told otherwise. */
export function completeSheet(halfSteps = 7, changes: Record<string, number | null> = {}): Sheet {
  return {
    summary: 'A summary that is long enough to be submitted.',
    answers: defaultScorecard.criteria.map(({ code }) => ({
      criterion: code,
      halfSteps: code in changes ? (changes[code] ?? null) : halfSteps,
      reasons: [],
      note: 'Because of what we know.',
    })),
  };
}
