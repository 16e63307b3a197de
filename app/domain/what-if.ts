import type { Scorecard } from './scorecard.ts';
import { parseTyped, type FieldErrors } from './scorecard-form.ts';
import { typedOf, type TypedScorecard } from './typed-scorecard.ts';

/** What a question of the simulator may change, by the name of its parameter. */
export const whatIfNames = {
  weight: (code: string) => `weight.${code}`,
  knockOut: (code: string) => `knock-out.${code}`,
  from: (code: string) => `from.${code}`,
};

export interface WhatIf {
  /** The scorecard with the parameters in place of what is stored. */
  typed: TypedScorecard;
  /** Whether any parameter differs from what is stored. */
  varied: boolean;
  definition: Scorecard | null;
  message: string | null;
  /** Words by the name of a parameter, and at `criteria` and `bands`. */
  errors: FieldErrors;
}

/** The stored scorecard with other weights, knock-outs and edges of bands, as an address asks for. */
export function whatIf(name: string, card: Scorecard, asked: URLSearchParams): WhatIf {
  const stored = typedOf(name, card);
  const given = (parameter: string, otherwise: string) =>
    (asked.get(parameter) ?? otherwise).slice(0, 20);
  const typed: TypedScorecard = {
    ...stored,
    criteria: stored.criteria.map((each) => ({
      ...each,
      weight: given(whatIfNames.weight(each.code), each.weight),
      knockOut: given(whatIfNames.knockOut(each.code), each.knockOut),
    })),
    bands: stored.bands.map((each) => ({
      ...each,
      lowest: given(whatIfNames.from(each.code), each.lowest),
    })),
  };
  const varied = JSON.stringify(typed) !== JSON.stringify(stored);
  const parsed = parseTyped(typed);
  if (parsed.ok) {
    return { typed, varied, definition: parsed.definition, message: null, errors: {} };
  }
  const { message, errors } = parsed;
  return { typed, varied, definition: null, message, errors: byParameter(typed, errors) };
}

function byParameter(typed: TypedScorecard, errors: FieldErrors): FieldErrors {
  const named: FieldErrors = {};
  for (const [field, words] of Object.entries(errors)) {
    const [list, index, part] = field.split('.');
    const code = list === 'criteria' ? typed.criteria[Number(index)]?.code : undefined;
    const band = list === 'bands' ? typed.bands[Number(index)]?.code : undefined;
    if (code && part === 'weight') named[whatIfNames.weight(code)] = words;
    else if (code && part === 'knockOut') named[whatIfNames.knockOut(code)] = words;
    else if (band && part === 'lowest') named[whatIfNames.from(band)] = words;
    else named[field] = words;
  }
  return named;
}
