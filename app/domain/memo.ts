import { z } from 'zod';
import { memoScorecardSchema } from './memo-scorecard.ts';

const text = z.string();
const optional = text.nullable();
/** An id beyond what a JS number keeps, or an amount to the digit. */
const digits = z.string().regex(/^\d+$/);
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const whole = z.number().int();
const day = z.string().regex(/^\d{4,}-\d{2}-\d{2}$/);
/** UTC, to the microsecond. */
const instant = z.string().regex(/^\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/);
const halfSteps = whole.min(0).max(10);
/** Who did it: users.id where the person is still known, and the name as it was. */
const person = z.strictObject({ id: z.guid().nullable(), name: text });

const opportunitySchema = z.strictObject({
  id: digits,
  remoteId: digits,
  remoteNumber: optional,
  name: optional,
  customer: optional,
  practice: optional,
  geo: optional,
  region: optional,
  sector: optional,
  dealValue: decimal.nullable(),
  currency: optional,
  winProbability: whole.nullable(),
  salesOwner: optional,
  salesOwnerEmail: optional,
  stage: optional,
  crmStatus: optional,
  closeDate: day.nullable(),
  crmCreatedAt: instant.nullable(),
  crmUpdatedAt: instant.nullable(),
  goneSince: instant.nullable(),
  /** When a sync last wrote the record, and which run; null where none has. */
  asOf: instant,
  syncRunId: digits.nullable(),
  /** The last run that had ended by then; a record it found unchanged keeps its older `asOf`. */
  lastSync: z
    .strictObject({ id: digits, type: text, status: text, completedAt: instant })
    .nullable(),
});

const assessmentSchema = z.strictObject({
  id: digits,
  version: whole,
  scorecard: z.strictObject({ id: digits, name: text, definition: memoScorecardSchema }),
  answers: z.array(
    z.strictObject({ criterion: text, halfSteps, reasons: z.array(text), note: text }),
  ),
  summary: text,
  assessor: person,
  submittedAt: instant,
  /** Tenths of a percent. */
  score: whole,
  band: text,
  knockOuts: z.array(text),
  /** What had moved in the CRM since the assessment and was still open. */
  stale: z.array(
    z.strictObject({ field: text, before: optional, after: optional, markedAt: instant }),
  ),
});

const flipSchema = z
  .strictObject({
    steps: z.array(z.strictObject({ criterion: text, from: halfSteps, to: halfSteps })),
    band: text,
    knockedOut: z.boolean(),
  })
  .nullable();

const decisionSchema = z.strictObject({
  id: digits,
  verdict: z.enum(['GO', 'NO_GO', 'CONDITIONAL_GO']),
  reason: text,
  overrides: z.array(text),
  fastTrack: z.boolean(),
  conditions: z.array(z.strictObject({ condition: text, due: day })),
  by: person,
  at: instant,
});

/**
 * A decision with all it stood on. Kept as text for ever: a later shape is another `format`, beside this
 * one, and this one stays readable. An opportunity declined before assessment has no sheet.
 */
export const memoSchema = z.strictObject({
  format: z.literal(1),
  opportunity: opportunitySchema,
  assessment: assessmentSchema.nullable(),
  /** The smallest change of the ratings that would have spoken for something better, and worse. */
  sensitivity: z.strictObject({ up: flipSchema, down: flipSchema }).nullable(),
  evidence: z.array(
    z.strictObject({
      id: z.guid(),
      name: text,
      size: digits,
      sha256: text,
      contentType: text,
      criterion: optional,
      scan: text,
      uploadedBy: person,
      uploadedAt: instant,
    }),
  ),
  recommendation: z
    .strictObject({
      id: digits,
      verdict: z.enum(['GO', 'NO_GO', 'CONDITIONAL']),
      rationale: text,
      by: person,
      at: instant,
    })
    .nullable(),
  decision: decisionSchema,
});
export type Memo = z.infer<typeof memoSchema>;

/** The one text of a memo: keys in order, whole numbers alone, so that the same memo is the same bytes. */
export function canonicalText(memo: Memo): string {
  return JSON.stringify(ordered(memoSchema.parse(memo)), null, 2);
}

/** A memo from its text; null where the text is none, as after tampering. */
export function parseMemo(content: string): Memo | null {
  try {
    return memoSchema.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}
