import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeCursor,
  encodeCursor,
  opportunitySorts,
  parseRemoteId,
} from './opportunity-cursor.ts';
import {
  apiDefaults,
  listName,
  listParameters,
  notSet,
  parseOpportunityQuery,
  toSearchParams,
  type OpportunityQuery,
} from './opportunity-query.ts';
import { workflowStatuses } from './workflow.ts';

const parse = (text: string) => parseOpportunityQuery(new URLSearchParams(text));
function parsed(text: string): OpportunityQuery {
  const result = parse(text);
  if (!result.ok) throw new Error(result.problem);
  return result.query;
}

describe('reading the parameters of a list', () => {
  it('fills in what is not said', () => {
    expect(parsed('')).toEqual({
      search: null,
      practice: [],
      geo: [],
      stage: [],
      crmStatus: [],
      workflowStatus: [],
      gone: 'hide',
      sort: 'crm_updated_at',
      direction: 'desc',
      cursor: null,
      limit: 50,
    });
    expect(parseOpportunityQuery(new URLSearchParams(), apiDefaults)).toMatchObject({
      query: { gone: 'include', sort: 'remote_id', direction: 'asc' },
    });
  });

  it('takes what an untouched form sends for nothing said', () => {
    const untouched = Object.keys(listParameters).map((name) => [name, ' ']);
    expect(parsed(new URLSearchParams(untouched).toString())).toEqual(parsed(''));
  });

  it('collects repeated filters once each and trims the search', () => {
    const query = parsed(`q=+two++words+&practice=A&practice=B&practice=A&geo=${notSet}`);
    expect(query).toMatchObject({ search: 'two  words', practice: ['A', 'B'], geo: [notSet] });
  });

  it.each(['limit=0', 'limit=501', 'limit=1.5', 'limit=x', 'limit=1e999'])('refuses %s', (text) => {
    expect(parse(text)).toEqual({
      ok: false,
      problem: 'limit must be a whole number from 1 to 500',
    });
  });

  it.each([
    ['q=%00', 'q contains a character that no text has'],
    [`stage=${'x'.repeat(301)}`, 'stage is longer than 300 characters'],
    [
      Array(51)
        .fill(0)
        .map((_, at) => `geo=${at}`)
        .join('&'),
      'geo is given more than 50 times',
    ],
    ['direction=up', 'direction must be one of asc, desc'],
    ['page=2', 'page is not a parameter of this list'],
    ['__proto__=1', '__proto__ is not a parameter of this list'],
  ])('says what is wrong with %.20s', (text, problem) => {
    expect(parse(text)).toEqual({ ok: false, problem });
  });

  it('never throws, whatever is sent', () => {
    const pair = fc.tuple(fc.constantFrom(...Object.keys(listParameters), 'x'), fc.string());
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        expect(typeof parseOpportunityQuery(new URLSearchParams(pairs)).ok).toBe('boolean');
      }),
    );
  });
});

describe('writing the parameters of a list', () => {
  const word = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && !text.includes('\0'));
  const words = fc.uniqueArray(word, { maxLength: 3 });
  const queries = fc.record<OpportunityQuery>({
    search: fc.option(word),
    practice: words,
    geo: words,
    stage: words,
    crmStatus: words,
    workflowStatus: fc.uniqueArray(fc.constantFrom(...workflowStatuses), { maxLength: 3 }),
    gone: fc.constantFrom('hide', 'include'),
    sort: fc.constantFrom(...opportunitySorts),
    direction: fc.constantFrom('asc', 'desc'),
    cursor: fc.constant(null),
    limit: fc.integer({ min: 1, max: 500 }),
  });

  it('is undone by reading them, for pages and for the API', () => {
    fc.assert(
      fc.property(queries, (query) => {
        expect(parseOpportunityQuery(toSearchParams(query))).toEqual({ ok: true, query });
        const again = parseOpportunityQuery(toSearchParams(query, apiDefaults), apiDefaults);
        expect(again).toEqual({ ok: true, query });
      }),
    );
  });

  it('names a list by its rows and their order, not by the page or the order of its filters', () => {
    const list = listName(parsed('geo=A&geo=B&limit=5'));
    expect(listName(parsed('limit=9&geo=B&geo=A'))).toBe(list);
    for (const other of [
      'geo=A',
      'practice=A&practice=B',
      'geo=A&geo=B&sort=name',
      'geo=A&geo=B&gone=include',
    ]) {
      expect(listName(parsed(other))).not.toBe(list);
    }
  });
});

describe('a cursor', () => {
  const values: Record<(typeof opportunitySorts)[number], string> = {
    close_date: '2026-03-29',
    deal_value: '-12345678901234567890.1200',
    name: 'Ünïcode, "quoted" 🎉',
    customer: '',
    crm_updated_at: '2026-03-29T01:30:00.123456Z',
    win_probability: '60',
    remote_id: '9223372036854775807',
  };

  it.each(opportunitySorts)('by %s comes back as it was, with a value and without', (sort) => {
    for (const value of [values[sort], null]) {
      const place = { value, remoteId: '9223372036854775807' };
      expect(decodeCursor(encodeCursor('list', place), 'list', sort)).toEqual({ ok: true, place });
    }
  });

  it('belongs to its list', () => {
    const cursor = encodeCursor('list', { value: null, remoteId: '1' });
    expect(decodeCursor(cursor, 'other', 'name')).toMatchObject({ ok: false });
    const query = parsed('sort=name');
    const own = encodeCursor(listName(query), { value: 'A', remoteId: '1' });
    expect(parse(`sort=name&cursor=${own}`)).toMatchObject({ ok: true });
    expect(parse(`sort=name&limit=7&cursor=${own}`)).toMatchObject({ ok: true });
    expect(parse(`sort=name&q=x&cursor=${own}`)).toMatchObject({
      problem: 'cursor belongs to a list with another order or other filters',
    });
  });

  it.each([
    ['close_date', '2026-02-30'],
    ['crm_updated_at', '2026-01-01'],
    ['deal_value', 'NaN'],
    ['deal_value', '1e5'],
    ['win_probability', '99999999999'],
    ['remote_id', '9223372036854775808'],
    ['name', 'a\0b'],
  ] as const)('forged with %s %s is refused before the database sees it', (sort, value) => {
    const cursor = encodeCursor('list', { value, remoteId: '1' });
    expect(decodeCursor(cursor, 'list', sort)).toMatchObject({ ok: false });
  });

  it.each(['', 'x', 'W10', 'bnVsbA', '%', 'é'])('that is %j is refused', (cursor) => {
    expect(decodeCursor(cursor, 'list', 'name')).toMatchObject({ ok: false });
  });
});

describe('an OptyId in an address', () => {
  it.each(['abc', '', '-1', '1.5', '9223372036854775808', '99999999999999999999', '1e3'])(
    'is not %j',
    (text) => {
      expect(parseRemoteId(text)).toBeNull();
    },
  );

  it('is exact up to the largest one', () => {
    expect(parseRemoteId('9223372036854775807')).toBe(9223372036854775807n);
  });
});
