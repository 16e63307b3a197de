import { z } from 'zod';

export { reasonBands, type ReasonBand } from './reason-band.ts';

const text = (most: number) => z.string().trim().min(1).max(most);
const halfSteps = z.number().int().min(0).max(10);
const code = z.string().regex(/^[A-Z][A-Z0-9_]{1,19}$/);
const reasons = z.array(text(120)).max(12);

const criterionSchema = z.object({
  code,
  name: text(80),
  question: text(400),
  /** Whole percent; those of a scorecard sum to 100. */
  weight: z.number().int().min(1).max(100),
  /** What a 1, a 3 and a 5 mean. */
  anchors: z.object({ low: text(300), middle: text(300), high: text(300) }),
  reasons: z.object({
    critical: reasons,
    low: reasons,
    average: reasons,
    high: reasons,
    exceptional: reasons,
  }),
  /** A rating below this many half-steps forces a NO-GO; null: none does. */
  knockOutBelow: halfSteps.nullable(),
});

const bandSchema = z.object({
  code: z.string().regex(/^[a-z][a-z-]{1,19}$/),
  name: text(40),
  /** The lowest score of the band, in tenths of a percent. */
  from: z.number().int().min(0).max(1000),
  /** What the band speaks for; EITHER where it leaves the choice open. */
  advice: z.enum(['GO', 'EITHER', 'NO_GO']),
});

const fastTrackSchema = z.object({
  enabled: z.boolean(),
  /** Tenths of a percent. */
  from: z.number().int().min(0).max(1000),
  /** The amount an opportunity stays under, by currency; one in another currency is never fast. */
  under: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,15}(\.\d{1,4})?$/)),
});

/** What a scorecard asks and how it counts. Stored as JSON: a change here is a migration. */
export const scorecardSchema = z
  .object({
    criteria: z.array(criterionSchema).min(1).max(20),
    /** From the highest to the lowest, which begins at 0. */
    bands: z.array(bandSchema).min(2).max(6),
    fastTrack: fastTrackSchema,
  })
  .superRefine((card, context) => {
    for (const [path, message] of problemsOf(card)) {
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });

export type Scorecard = z.infer<typeof scorecardSchema>;
export type Criterion = z.infer<typeof criterionSchema>;
export type Band = z.infer<typeof bandSchema>;

/** What the parts of a scorecard do not agree on. */
export function problemsOf(card: {
  criteria: Criterion[];
  bands: Band[];
}): [path: 'criteria' | 'bands', message: string][] {
  const problems: [path: 'criteria' | 'bands', message: string][] = [];
  const sum = card.criteria.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) problems.push(['criteria', `The weights add up to ${sum}, not to 100.`]);
  if (repeats(card.criteria)) problems.push(['criteria', 'Two criteria have the same code.']);
  if (repeats(card.bands)) problems.push(['bands', 'Two bands have the same code.']);
  const falling = card.bands.every(({ from }, index) => {
    const next = card.bands[index + 1];
    return next === undefined || from > next.from;
  });
  if (!falling) problems.push(['bands', 'Each band must begin above the next one.']);
  if (card.bands.at(-1)?.from !== 0) problems.push(['bands', 'The lowest band must begin at 0.']);
  return problems;
}

function repeats(rows: readonly { code: string }[]): boolean {
  return new Set(rows.map((row) => row.code)).size < rows.length;
}
