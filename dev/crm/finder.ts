import { badRequest } from './errors.ts';
import { parseDay } from './instants.ts';
import { joined, type Condition, type Operator } from './query.ts';

/** Finders and their variables, as `describe` lists them. */
export const finders = [
  { name: 'PrimaryKey', variables: ['OptyId', 'OptyNumber'] },
  {
    name: 'MyOpportunitiesFinder',
    variables: ['RecordSet', 'OptyStatusCode', 'EffectiveBeginDate', 'EffectiveEndDate', 'Name'],
  },
];

interface Context {
  now: Date;
  /** E-mail of the person the calling user is, for RecordSet MYOPTIES. */
  ownEmail: string;
}

/**
 * The rows a finder lets through: `Name;var=value,var=value`. Throws a 400 on an unknown finder or
 * variable, and where variables are separated by `;`.
 */
export function finderCondition(source: string, context: Context): Condition {
  const [name, variables = '', ...more] = source.split(';');
  const finder = finders.find((known) => known.name === name);
  if (!finder) throw badRequest(`Finder ${name} does not exist on opportunities.`);
  if (more.join('').trim()) throw badRequest('Finder variables are separated by commas.');
  const values = readVariables(variables, finder.variables);
  if (name === 'MyOpportunitiesFinder') return myOpportunities(values, context);
  const keys = [...values].map(([key, value]) => compare(key, '=', value));
  if (keys.length === 0) throw badRequest('The finder PrimaryKey needs OptyId.');
  return joined('and', keys);
}

function readVariables(source: string, known: string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const part of source.split(/,(?=\s*\w+=)/).filter((text) => text.trim())) {
    const [, name, value] = /^\s*(\w+)=(.*?)\s*$/s.exec(part) ?? [];
    if (!name || !known.includes(name))
      throw badRequest(`Finder variable ${part.trim()} is unknown.`);
    values.set(name, value!.replace(/^(['"])(.*)\1$/s, '$2'));
  }
  return values;
}

// Without variables the finder answers open opportunities of the caller that close this quarter;
// every variable widens or moves one of the three.
function myOpportunities(values: Map<string, string>, { now, ownEmail }: Context): Condition {
  const recordSet = values.get('RecordSet') ?? 'MYOPTIES';
  const status = values.get('OptyStatusCode') ?? 'OPEN';
  const quarter = Math.floor(now.getUTCMonth() / 3) * 3;
  const day = (month: number, date: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), month, date)).toISOString().slice(0, 10);
  const parts: Condition[] = [
    compare('EffectiveDate', '>=', dayOf(values, 'EffectiveBeginDate') ?? day(quarter, 1)),
    compare('EffectiveDate', '<=', dayOf(values, 'EffectiveEndDate') ?? day(quarter + 3, 0)),
  ];
  if (!/^(ALL|MY)OPTIES$/.test(recordSet)) throw badRequest(`RecordSet ${recordSet} is unknown.`);
  if (recordSet === 'MYOPTIES') parts.push(compare('EmailAddress', '=', ownEmail));
  if (status !== '' && status !== 'ALL') parts.push(compare('StatusCode', '=', status));
  const title = values.get('Name');
  if (title)
    parts.push({
      kind: 'like',
      attribute: reference('Name'),
      pattern: `${title}%`,
      negated: false,
    });
  return joined('and', parts);
}

function dayOf(values: Map<string, string>, name: string): string | undefined {
  const value = values.get(name);
  if (value === undefined) return undefined;
  const parsed = parseDay(value);
  if (parsed === null) throw badRequest(`${name} is no date: ${value}.`);
  return parsed;
}

function compare(name: string, operator: Operator, text: string): Condition {
  return { kind: 'compare', attribute: reference(name), operator, value: { text, quoted: true } };
}

function reference(name: string) {
  return { name, upper: false };
}
