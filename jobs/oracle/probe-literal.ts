import type { Finding } from './probe-findings.ts';

/** A record as far as a filter on LastUpdateDate is about it; its stamp in milliseconds. */
export interface Stamped {
  id: bigint;
  stamp: number;
}

const hour = 60 * 60 * 1000;

export interface LiteralForm {
  name: string;
  /** What ORACLE_DELTA_LITERAL this form is; null for forms that are only looked at. */
  setting: 'timestamp' | 'date' | null;
  write: (at: Date) => string;
  /** How far the CRM's reading may be off: the time zone of a date is not known. */
  tolerance: number;
}

const seconds = (at: Date) => at.toISOString().slice(0, 19);

/** From the finest to the one that is known to work; the first that is right is the one to use. */
export const literalForms: LiteralForm[] = [
  {
    name: 'timestamp with offset',
    setting: 'timestamp',
    write: (at) => `${seconds(at)}+00:00`,
    tolerance: 0,
  },
  { name: 'timestamp with Z', setting: null, write: (at) => `${seconds(at)}Z`, tolerance: 0 },
  {
    name: 'timestamp with thousandths',
    setting: null,
    write: (at) => `${seconds(at)}.000+00:00`,
    tolerance: 0,
  },
  { name: 'timestamp without zone', setting: null, write: seconds, tolerance: 0 },
  {
    name: 'date',
    setting: 'date',
    write: (at) => at.toISOString().slice(0, 10),
    tolerance: 14 * hour,
  },
];

/** The point to ask from: about half of the sample lies after it. Null where all have one stamp. */
export function pivotOf(sample: readonly Stamped[]): Date | null {
  const stamps = sample.map(({ stamp }) => stamp).sort((one, other) => one - other);
  const middle = stamps[stamps.length >> 1];
  if (middle === undefined || stamps[0] === middle) return null;
  return new Date(Math.floor(middle / 1000) * 1000);
}

export type LiteralOutcome = 'right' | 'rejected' | 'ignored' | 'shifted' | 'not known';

/**
 * What the CRM made of a filter from `from` on. `sample` is what comes without it, `answered` with it, both
 * in the order of OptyId from the same place.
 */
export function readLiteral(
  sample: readonly Stamped[],
  answered: readonly Stamped[],
  from: number,
  tolerance: number,
): Exclude<LiteralOutcome, 'rejected'> {
  const early = answered.filter(({ stamp }) => stamp < from - tolerance);
  if (early.length > 0)
    return early.some(({ stamp }) => stamp < from - 15 * hour) ? 'ignored' : 'shifted';
  const top = answered.at(-1)?.id ?? 0n;
  const got = new Set(answered.map(({ id }) => id));
  // The answer reaches further than the sample; only what both cover can be compared.
  const due = sample.filter(({ id, stamp }) => id <= top && stamp >= from + tolerance);
  if (due.some(({ id }) => !got.has(id))) return 'shifted';
  if (answered.length === 0) return 'not known';
  return 'right';
}

const said: Record<LiteralOutcome, string> = {
  right: 'works',
  rejected: 'is rejected',
  ignored: 'is taken, but older records come too',
  shifted: 'is taken, but read in another time zone',
  'not known': 'cannot be judged by the records there are',
};

/** What an incremental sync may filter by. */
export function judgeLiteral(
  outcomes: { form: LiteralForm; outcome: LiteralOutcome }[],
): Finding[] {
  const findings = outcomes.map(({ form, outcome }): Finding => ({
    level: outcome === 'right' ? 'good' : form.setting === 'date' ? 'warning' : 'note',
    words: `LastUpdateDate from a ${form.name}: ${said[outcome]}.`,
    sure: outcome === 'not known' ? 'not known' : 'sure',
  }));
  const usable = outcomes.find(({ form, outcome }) => form.setting && outcome === 'right');
  const refused = outcomes.every(({ outcome }) => outcome === 'rejected' || outcome === 'ignored');
  if (refused) {
    const words = 'No way of filtering by LastUpdateDate works: only full syncs will.';
    return [...findings, { level: 'bad', words, sure: 'sure', blocks: true }];
  }
  const setting = usable?.form.setting ?? 'date';
  const words = `An incremental sync asks from a ${setting}.`;
  const settings = { ORACLE_DELTA_LITERAL: setting };
  return [...findings, { level: 'good', words, sure: usable ? 'sure' : 'likely', settings }];
}
