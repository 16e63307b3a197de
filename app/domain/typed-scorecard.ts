import { reasonBands, type Criterion, type ReasonBand, type Scorecard } from './scorecard.ts';
import { typedPercent } from './scorecard-values.ts';
import { formatRating } from './scoring.ts';

export interface TypedCriterion {
  code: string;
  name: string;
  question: string;
  weight: string;
  low: string;
  middle: string;
  high: string;
  /** A rating such as `1.5`, empty where no rating knocks out. */
  knockOut: string;
  /** One a line. */
  reasons: Record<ReasonBand, string>;
}

export interface TypedBand {
  code: string;
  name: string;
  lowest: string;
  advice: string;
}

export interface TypedLimit {
  currency: string;
  amount: string;
}

/** A scorecard as somebody typed it, right or wrong: what the editor shows, and shows again. */
export interface TypedScorecard {
  name: string;
  criteria: TypedCriterion[];
  bands: TypedBand[];
  fastTrack: { enabled: boolean; lowest: string; limits: TypedLimit[] };
}

/** More rows than any scorecard may have; what lies beyond was not typed into our form. */
const mostRows = 40;

export const emptyCriterion: TypedCriterion = {
  code: '',
  name: '',
  question: '',
  weight: '',
  low: '',
  middle: '',
  high: '',
  knockOut: '',
  reasons: { critical: '', low: '', average: '', high: '', exceptional: '' },
};
export const emptyBand: TypedBand = { code: '', name: '', lowest: '', advice: 'EITHER' };
export const emptyLimit: TypedLimit = { currency: '', amount: '' };

/** A stored scorecard as its editor shows it. */
export function typedOf(name: string, card: Scorecard): TypedScorecard {
  const { enabled, from, under } = card.fastTrack;
  return {
    name,
    criteria: card.criteria.map(typedCriterion),
    bands: card.bands.map(({ from: lowest, ...band }) => ({
      ...band,
      lowest: typedPercent(lowest),
    })),
    fastTrack: {
      enabled,
      lowest: typedPercent(from),
      limits: Object.entries(under).map(([currency, amount]) => ({ currency, amount })),
    },
  };
}

/** Reads what the editor's form sent. Rows are numbered from 0 without a gap. */
export function readTyped(posted: FormData): TypedScorecard {
  const text = (name: string) => textOf(posted.get(name));
  const rows = (name: string) => countRows(posted, name);
  return {
    name: text('name'),
    criteria: rows('criteria').map((index) => {
      const field = (name: string) => text(`criteria.${index}.${name}`);
      const reasons = reasonBands.map(({ key }) => [key, field(`reasons.${key}`)] as const);
      return {
        code: field('code'),
        name: field('name'),
        question: field('question'),
        weight: field('weight'),
        knockOut: field('knockOut'),
        low: field('low'),
        middle: field('middle'),
        high: field('high'),
        reasons: Object.fromEntries(reasons) as TypedCriterion['reasons'],
      };
    }),
    bands: rows('bands').map((index) => {
      const field = (name: string) => text(`bands.${index}.${name}`);
      return {
        code: field('code'),
        name: field('name'),
        lowest: field('lowest'),
        advice: field('advice'),
      };
    }),
    fastTrack: {
      enabled: posted.get('fastTrack.enabled') === 'on',
      lowest: text('fastTrack.lowest'),
      limits: rows('limits').map((index) => ({
        currency: text(`limits.${index}.currency`),
        amount: text(`limits.${index}.amount`),
      })),
    },
  };
}

function typedCriterion(criterion: Criterion): TypedCriterion {
  const { code, name, question, weight, anchors, reasons, knockOutBelow } = criterion;
  const lines = reasonBands.map(({ key }) => [key, reasons[key].join('\n')] as const);
  return {
    code,
    name,
    question,
    ...anchors,
    weight: String(weight),
    knockOut: knockOutBelow === null ? '' : formatRating(knockOutBelow),
    reasons: Object.fromEntries(lines) as TypedCriterion['reasons'],
  };
}

function countRows(posted: FormData, name: string): number[] {
  let rows = 0;
  while (rows < mostRows && posted.has(`${name}.${rows}.${name === 'limits' ? 'amount' : 'code'}`))
    rows += 1;
  return Array.from({ length: rows }, (_, index) => index);
}

/** Line ends as we keep them, without the one character that Postgres cannot. */
function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').replaceAll('\u0000', '') : '';
}
