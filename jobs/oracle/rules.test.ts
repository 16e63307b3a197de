import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappingRule, Treatment } from '#app/domain/mapping-rule.ts';
import { readRecord } from './json.ts';
import { createMapper, type AppliableRecord } from './map.ts';

const fields = { practice: 'Practice_c', geo: 'GEO_c', region: null, sector: null };
const rule = (
  field: string,
  cause: MappingRule['cause'],
  treatment: Treatment,
  source: string | null = null,
): MappingRule => ({ field, cause, treatment, source });
const map = (rules: MappingRule[], attributes: string) =>
  createMapper(fields, rules)(readRecord(`{"OptyId":300000041122372646,${attributes}}`));
function applied(rules: MappingRule[], attributes: string): AppliableRecord {
  const mapped = map(rules, attributes);
  if (!mapped.ok) throw new Error(mapped.message);
  return mapped;
}

describe('a rule', () => {
  it.each<[string, MappingRule, string, object]>([
    [
      'leaves an amount empty',
      rule('Revenue', 'not-a-number', 'LEAVE_EMPTY'),
      '"Revenue":"lots"',
      { deal_value: null },
    ],
    [
      'leaves a date empty',
      rule('EffectiveDate', 'impossible-date', 'LEAVE_EMPTY'),
      '"EffectiveDate":"2026-02-30"',
      { close_date: null },
    ],
    [
      'leaves a stamp empty, and the header’s stands in as ever',
      rule('LastUpdateDate', 'impossible-instant', 'LEAVE_EMPTY'),
      '"LastUpdateDate":"soon","OptyLastUpdateDate":"2026-01-01T00:00:00Z"',
      { crm_updated_at: '2026-01-01T00:00:00.000000Z' },
    ],
    [
      'reads a number from another attribute, to the digit',
      rule('Revenue', 'not-a-number', 'READ_FROM', 'Worth_c'),
      '"Revenue":"lots","Worth_c":12345678901234567.10',
      { deal_value: '12345678901234567.10' },
    ],
    [
      'reads nothing where that attribute is absent',
      rule('Revenue', 'not-a-number', 'READ_FROM', 'Worth_c'),
      '"Revenue":"lots"',
      { deal_value: null },
    ],
    [
      'takes an object as text, its numbers to the digit',
      rule('GEO_c', 'not-text', 'AS_TEXT'),
      '"GEO_c":{"id":300000041122372646,"name":"APAC"}',
      { geo: '{"id":300000041122372646,"name":"APAC"}' },
    ],
    ['takes a yes as text', rule('GEO_c', 'not-text', 'AS_TEXT'), '"GEO_c":true', { geo: 'true' }],
    [
      'reads a field that vanished from another',
      rule('Practice_c', 'vanished', 'READ_FROM', 'NewPractice_c'),
      '"NewPractice_c":"Cloud"',
      { practice: 'Cloud' },
    ],
    [
      'is for what is absent alone: a null that is sent stays null',
      rule('Practice_c', 'vanished', 'READ_FROM', 'NewPractice_c'),
      '"Practice_c":null,"NewPractice_c":"Cloud"',
      { practice: null },
    ],
  ])('%s', (_words, one, attributes, row) => {
    expect(applied([one], attributes).row).toMatchObject(row);
  });

  it.each<[MappingRule, string]>([
    [rule('Name', 'nul-character', 'LEAVE_EMPTY'), '"Name":"a\\u0000b","Revenue":1.50'],
    [rule('Name', 'broken-text', 'LEAVE_EMPTY'), '"Name":"\\ud83d","Revenue":1.50'],
    [rule('Other', 'nul-character', 'LEAVE_EMPTY'), '"Other":{"deep":["\\u0000"]},"Revenue":1.50'],
  ])('leaves out of the record as well what the database cannot hold: %o', (one, attributes) => {
    const { payload, row } = applied([one], attributes);
    expect(payload).toBe(`{"OptyId":300000041122372646,"${one.field}":null,"Revenue":1.50}`);
    expect(row).toMatchObject({ name: null, deal_value: '1.50' });
  });

  it('keeps the record as it was sent for every other cause', () => {
    const sent = '"Revenue":"lots"';
    const { payload } = applied([rule('Revenue', 'not-a-number', 'LEAVE_EMPTY')], sent);
    expect(payload).toBe(`{"OptyId":300000041122372646,${sent}}`);
  });
});

describe('a record with several bad fields', () => {
  const sent = '"Name":"a\\u0000b","Revenue":"lots","EffectiveDate":"soon"';
  const name = rule('Name', 'nul-character', 'LEAVE_EMPTY');
  const revenue = rule('Revenue', 'not-a-number', 'LEAVE_EMPTY');
  const date = rule('EffectiveDate', 'impossible-date', 'LEAVE_EMPTY');

  it.each<[MappingRule[], string | null]>([
    [[], 'Name'],
    [[revenue, date], 'Name'],
    [[name], 'Revenue'],
    [[name, revenue], 'EffectiveDate'],
    [[name, date], 'Revenue'],
    [[name, revenue, date], null],
  ])('with %o is refused for %s, whole', (rules, field) => {
    const mapped = map(rules, sent);
    expect(mapped.ok ? null : mapped.field).toBe(field);
    if (!mapped.ok) expect(mapped.payload).toBe(`{"OptyId":300000041122372646,${sent}}`);
  });

  it('is refused for what a rule brought that fails too, which the words say', () => {
    const other = rule('Revenue', 'not-a-number', 'READ_FROM', 'Worth_c');
    const mapped = map([other], '"Revenue":"lots","Worth_c":"more"');
    expect(mapped).toMatchObject({ ok: false, field: 'Revenue', cause: 'not-a-number' });
    expect(mapped).toHaveProperty('message', expect.stringContaining('reads it from Worth_c'));
    const overflow = rule('Revenue', 'number-overflow', 'LEAVE_EMPTY');
    expect(applied([other, overflow], '"Revenue":"lots","Worth_c":1e99').row.deal_value).toBeNull();
  });
});

describe('no rule', () => {
  it('stands in for an OptyId, or mends a record that is none', () => {
    const rules = [
      rule('OptyId', 'no-id', 'READ_FROM', 'Other'),
      rule('OptyId', 'vanished', 'READ_FROM', 'Other'),
    ];
    const mapper = createMapper(fields, rules);
    expect(mapper(readRecord('{"Other":5}'))).toMatchObject({ ok: false, cause: 'no-id' });
    expect(mapper(readRecord('7'))).toMatchObject({ ok: false, cause: 'not-an-object' });
    expect(mapper(readRecord('null'))).toMatchObject({ ok: false, cause: 'not-an-object' });
  });

  it('empties a field that vanished: what is stored stays, and the hash is as it was', () => {
    const left = rule('Practice_c', 'vanished', 'LEAVE_EMPTY');
    expect(applied([left], '"Name":"a"')).toEqual(applied([], '"Name":"a"'));
  });

  it('changes a record it is not for, nor its hash; one it is for has a hash of its own', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
    const rules = [
      rule('Revenue', 'not-a-number', 'LEAVE_EMPTY'),
      rule('GEO_c', 'not-text', 'AS_TEXT'),
      rule('WinProb', 'number-overflow', 'READ_FROM', 'Name'),
    ];
    const strict = createMapper(fields);
    const lenient = createMapper(fields, rules);
    fc.assert(
      fc.property(
        fc.record({ Name: value, Revenue: value, GEO_c: value, WinProb: value }),
        (sent) => {
          const record = readRecord(JSON.stringify({ OptyId: 5, ...sent }));
          const before = strict(record);
          const after = lenient(record);
          if (before.ok) expect(after).toEqual(before);
          else if (after.ok) expect(after.contentHash).toMatch(/^[0-9a-f]{64}$/);
          expect(lenient(record)).toEqual(after);
        },
      ),
    );
    const emptied = applied([rules[0]!], '"Revenue":"lots"').contentHash;
    const read = applied([rule('Revenue', 'not-a-number', 'READ_FROM', 'X')], '"Revenue":"lots"');
    expect(emptied).not.toBe(read.contentHash);
  });
});
