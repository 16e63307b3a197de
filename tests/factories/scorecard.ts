import fc from 'fast-check';
import type { Scorecard } from '#app/domain/scorecard.ts';

const text = { name: 'Criterion', question: 'How is it?' };
const anchors = { low: 'Poor', middle: 'Fair', high: 'Good' };
const reasons = { critical: [], low: [], average: [], high: [], exceptional: [] };

export const anyRating = fc.option(fc.integer({ min: 0, max: 10 }), { nil: null });

/** Any scorecard of two to nine criteria whose weights sum to 100, with a sheet filled in on it. */
export function anySheet(
  rating: fc.Arbitrary<number | null>,
): fc.Arbitrary<{ card: Scorecard; ratings: Record<string, number | null> }> {
  return fc
    .record({
      cuts: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 }),
      edges: fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 3 }),
      limits: fc.array(fc.option(fc.integer({ min: 1, max: 6 }), { nil: null, freq: 3 }), {
        minLength: 9,
        maxLength: 9,
      }),
      ratings: fc.array(rating, { minLength: 9, maxLength: 9 }),
    })
    .map(({ cuts, edges, limits, ratings }) => {
      const marks = [0, ...cuts.toSorted((a, b) => a - b), 100];
      const criteria = marks.slice(1).map((mark, index) => ({
        ...text,
        anchors,
        reasons,
        code: `C${index}`.padEnd(2, '0'),
        weight: mark - (marks[index] ?? 0),
        knockOutBelow: limits[index] ?? null,
      }));
      const froms = [...edges.toSorted((a, b) => b - a), 0];
      const bands = froms.map((from, index) => ({
        code: `band-${'abcd'[index]}`,
        name: `Band ${from}`,
        from,
        advice:
          index === 0 ? ('GO' as const) : from === 0 ? ('NO_GO' as const) : ('EITHER' as const),
      }));
      const card: Scorecard = {
        criteria,
        bands,
        fastTrack: { enabled: false, from: 700, under: {} },
      };
      const filled = criteria.map(({ code }, index) => [code, ratings[index] ?? null]);
      return { card, ratings: Object.fromEntries(filled) as Record<string, number | null> };
    });
}
