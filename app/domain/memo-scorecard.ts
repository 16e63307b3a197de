import { z } from 'zod';

const text = z.string();
const whole = z.number().int();
const reasons = z.array(text);

/**
 * A scorecard's whole definition as a memo keeps it. It says the same as `scorecardSchema` today and is
 * apart from it on purpose: that one may change by a migration, a frozen memo never.
 */
export const memoScorecardSchema = z.strictObject({
  criteria: z.array(
    z.strictObject({
      code: text,
      name: text,
      question: text,
      /** Whole percent. */
      weight: whole,
      anchors: z.strictObject({ low: text, middle: text, high: text }),
      reasons: z.strictObject({
        critical: reasons,
        low: reasons,
        average: reasons,
        high: reasons,
        exceptional: reasons,
      }),
      /** Half-steps; null: no rating knocks out. */
      knockOutBelow: whole.nullable(),
    }),
  ),
  bands: z.array(
    z.strictObject({
      code: text,
      name: text,
      /** Tenths of a percent. */
      from: whole,
      advice: z.enum(['GO', 'EITHER', 'NO_GO']),
    }),
  ),
  fastTrack: z.strictObject({
    enabled: z.boolean(),
    from: whole,
    under: z.record(text, text),
  }),
});
