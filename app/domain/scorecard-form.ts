import {
  problemsOf,
  reasonBands,
  scorecardSchema,
  type Band,
  type Criterion,
  type Scorecard,
} from './scorecard.ts';
import {
  knockOutWords,
  linesOf,
  parseKnockOut,
  parsePercent,
  parseWeight,
  percentWords,
  weightWords,
} from './scorecard-values.ts';
import type { TypedBand, TypedCriterion, TypedLimit, TypedScorecard } from './typed-scorecard.ts';

export type FieldErrors = Record<string, string>;

export type ParsedScorecard =
  | { ok: true; name: string; definition: Scorecard }
  | { ok: false; message: string; /** Words by field name. */ errors: FieldErrors };

/** Notes what is wrong with a field; the first word on a field stands. */
type Complain = (field: string, words: string) => void;

/** Makes a scorecard of what was typed, or says in words what is wrong with which field. */
export function parseTyped(typed: TypedScorecard): ParsedScorecard {
  const errors: FieldErrors = {};
  const complain: Complain = (field, words) => {
    errors[field] ??= words;
  };
  const name = line(typed.name, 'name', 'The name', 80, complain);
  const criteria = typed.criteria.map((each, index) => criterionOf(each, index, complain));
  const bands = typed.bands.map((each, index) => bandOf(each, index, complain));
  const fastTrack = fastTrackOf(typed.fastTrack, complain);
  sizes(typed, complain);
  for (const [field, words] of problemsOf({ criteria, bands })) complain(field, words);
  const parsed = scorecardSchema.safeParse({ criteria, bands, fastTrack });
  if (Object.keys(errors).length === 0 && parsed.success) {
    return { ok: true, name, definition: parsed.data };
  }
  const words = Object.values(errors);
  const first = errors.criteria ?? errors.bands ?? words[0] ?? 'This is no whole scorecard.';
  const more = words.length > 1 ? ` ${words.length} things are to be mended in all.` : '';
  return { ok: false, message: `${first}${more}`, errors };
}

function criterionOf(typed: TypedCriterion, index: number, complain: Complain): Criterion {
  const at = (field: string) => `criteria.${index}.${field}`;
  const text = (
    field: 'name' | 'question' | 'low' | 'middle' | 'high',
    what: string,
    most: number,
  ) => line(typed[field], at(field), what, most, complain);
  const code = typed.code.trim().toUpperCase();
  if (!/^[A-Z][A-Z0-9_]{1,19}$/.test(code)) {
    complain(at('code'), 'A code is 2 to 20 letters, digits or _, a letter first.');
  }
  const weight = parseWeight(typed.weight);
  if (weight === undefined) complain(at('weight'), weightWords);
  const knockOut = parseKnockOut(typed.knockOut);
  if (knockOut === undefined) complain(at('knockOut'), knockOutWords);
  const reasons = reasonBands.map(
    ({ key }) => [key, reasonsOf(typed.reasons[key], at(`reasons.${key}`), complain)] as const,
  );
  return {
    code,
    name: text('name', 'The name', 80),
    question: text('question', 'The question', 400),
    // What is no weight counts as none, so that the sum is that of the weights that are.
    weight: weight ?? 0,
    anchors: {
      low: text('low', 'What a 1 means', 300),
      middle: text('middle', 'What a 3 means', 300),
      high: text('high', 'What a 5 means', 300),
    },
    reasons: Object.fromEntries(reasons) as Criterion['reasons'],
    knockOutBelow: knockOut ?? null,
  };
}

function bandOf(typed: TypedBand, index: number, complain: Complain): Band {
  const at = (field: string) => `bands.${index}.${field}`;
  const code = typed.code.trim().toLowerCase();
  if (!/^[a-z][a-z-]{1,19}$/.test(code)) {
    complain(at('code'), 'A code is 2 to 20 letters or hyphens, a letter first.');
  }
  const from = parsePercent(typed.lowest);
  if (from === undefined) complain(at('lowest'), percentWords);
  const advice = (['GO', 'EITHER', 'NO_GO'] as const).find((each) => each === typed.advice);
  if (!advice) complain(at('advice'), 'Choose what the band speaks for.');
  const name = line(typed.name, at('name'), 'The name', 40, complain);
  return { code, name, from: from ?? 0, advice: advice ?? 'EITHER' };
}

function fastTrackOf(typed: TypedScorecard['fastTrack'], complain: Complain) {
  const from = parsePercent(typed.lowest);
  if (from === undefined) complain('fastTrack.lowest', percentWords);
  const under: Record<string, string> = {};
  typed.limits.forEach((limit, index) => {
    if (limit.currency.trim() === '' && limit.amount.trim() === '') return;
    const { currency, amount } = limitOf(limit, index, complain);
    if (currency in under) complain(`limits.${index}.currency`, `${currency} stands twice.`);
    under[currency] = amount;
  });
  if (typed.enabled && Object.keys(under).length === 0) {
    complain('fastTrack.enabled', 'Without a limit in any currency the fast track never applies.');
  }
  return { enabled: typed.enabled, from: from ?? 0, under };
}

function limitOf({ currency, amount }: TypedLimit, index: number, complain: Complain) {
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) {
    complain(`limits.${index}.currency`, 'A currency is three letters, like EUR.');
  }
  if (!/^\d{1,15}(\.\d{1,4})?$/.test(amount.trim())) {
    complain(`limits.${index}.amount`, 'Type digits alone, like 250000 or 250000.50.');
  }
  return { currency: code, amount: amount.trim() };
}

function reasonsOf(typed: string, field: string, complain: Complain): string[] {
  const reasons = linesOf(typed);
  if (reasons.length > 12) complain(field, 'A range has at most 12 reasons.');
  if (reasons.some((each) => each.length > 120)) {
    complain(field, 'A reason has at most 120 characters.');
  }
  if (new Set(reasons).size < reasons.length) complain(field, 'The same reason stands twice.');
  return reasons;
}

function line(typed: string, field: string, what: string, most: number, complain: Complain) {
  const text = typed.trim();
  if (text === '') complain(field, `${what} is missing.`);
  if (text.length > most) complain(field, `${what} has at most ${most} characters.`);
  return text;
}

function sizes({ criteria, bands }: TypedScorecard, complain: Complain): void {
  if (criteria.length === 0) complain('criteria', 'A scorecard needs at least one criterion.');
  if (criteria.length > 20) complain('criteria', 'A scorecard has at most 20 criteria.');
  if (bands.length < 2) complain('bands', 'A scorecard needs at least two bands.');
  if (bands.length > 6) complain('bands', 'A scorecard has at most six bands.');
}
