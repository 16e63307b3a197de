import { describe, expect, it } from 'vitest';
import { readRecord } from './json.ts';
import { createMapper } from './map.ts';

const fields = { practice: 'Practice_c', geo: 'GEO_c', region: null, sector: 'Sector_c' };
const map = createMapper(fields);
const of = (attributes: string) =>
  map(readRecord(`{"OptyId":300000041122372646${attributes && `,${attributes}`}}`));

function row(attributes: string) {
  const mapped = of(attributes);
  if (!mapped.ok) throw new Error(mapped.message);
  return mapped.row;
}

describe('mapping a record', () => {
  it('takes every attribute to its column, exactly', () => {
    const sent = `"OptyNumber":"00/17%","Name":" <b>Deal</b>\\u00a0","TargetPartyName":"شركة","Practice_c":"Cloud","GEO_c":"APAC",
      "Region_c":"ignored","Sector_c":"Health","Revenue":12345678901234567890.1250,"CurrencyCode":"EUR","WinProb":60,"PartyName1":"A B",
      "EmailAddress":" Sam@Example.TEST ","SalesStage":"02 - X","StatusCode":"OPEN","EffectiveDate":"2026-10-15",
      "CreationDate":"2025-01-02T03:04:05+00:00","LastUpdateDate":"2026-01-01T10:00:00.5-07:00","OptyLastUpdateDate":"2026-01-01T17:00:00.25Z"`;
    expect(row(sent)).toEqual({
      remote_id: '300000041122372646',
      remote_number: '00/17%',
      name: ' <b>Deal</b>\u00a0',
      customer: 'شركة',
      practice: 'Cloud',
      geo: 'APAC',
      region: null,
      sector: 'Health',
      deal_value: '12345678901234567890.1250',
      currency: 'EUR',
      win_probability: 60,
      sales_owner: 'A B',
      sales_owner_email: 'sam@example.test',
      stage: '02 - X',
      crm_status: 'OPEN',
      close_date: '2026-10-15',
      crm_created_at: '2025-01-02T03:04:05.000000Z',
      crm_updated_at: '2026-01-01T17:00:00.500000Z',
    });
  });

  it('keeps what is not set as null, never as a default', () => {
    const nothing = row('');
    const blank = row(
      '"Name":" ","Revenue":null,"WinProb":"","EffectiveDate":null,"CurrencyCode":"\\t","EmailAddress":" "',
    );
    expect(blank).toEqual(nothing);
    expect(Object.values(nothing).filter((value) => value !== null)).toEqual([
      '300000041122372646',
    ]);
  });

  it('accepts numbers as text, as framework version 9 sends them, and links beside the data', () => {
    const mapped = map(
      readRecord(
        '{"OptyId":"300000041122372646","Revenue":"1000.50","WinProb":"5","@context":{"links":[]}}',
      ),
    );
    expect(mapped).toMatchObject({
      ok: true,
      row: { remote_id: '300000041122372646', deal_value: '1000.50', win_probability: 5 },
    });
  });

  it('falls back to the header stamps', () => {
    expect(
      row('"OptyCreationDate":"2025-01-01T00:00:00Z","OptyLastUpdateDate":"2025-01-02T00:00:00Z"'),
    ).toMatchObject({
      crm_created_at: '2025-01-01T00:00:00.000000Z',
      crm_updated_at: '2025-01-02T00:00:00.000000Z',
    });
  });

  it('hashes what is said, not how it is served, and hashes anew where fields are mapped otherwise', () => {
    const hashOf = (text: string, mapper = map) => {
      const mapped = mapper(readRecord(text));
      return mapped.ok ? mapped.contentHash : null;
    };
    const served = (href: string) => `{"OptyId":1,"Name":"a","links":[{"href":"${href}"}]}`;
    expect(hashOf(served('x'))).toBe(hashOf(served('y')));
    expect(hashOf('{"OptyId":1,"PRINT":"a"}')).not.toBe(hashOf('{"OptyId":1,"PRINT":"b"}'));
    expect(hashOf('{"OptyId":1}', createMapper({ ...fields, geo: 'Geo_c' }))).not.toBe(
      hashOf('{"OptyId":1}'),
    );
  });
});

describe('a record that cannot be mapped', () => {
  it.each([
    ['{"Name":"a"}', 'no-id', 'OptyId'],
    ['{"OptyId":null}', 'no-id', 'OptyId'],
    ['{"OptyId":"abc"}', 'bad-id', 'OptyId'],
    ['{"OptyId":1234567890123456789}', 'bad-id', 'OptyId'],
    ['{"OptyId":-5}', 'bad-id', 'OptyId'],
    ['{"OptyId":1.5}', 'bad-id', 'OptyId'],
    ['7', 'not-an-object', null],
    ['[]', 'not-an-object', null],
    ['{"OptyId":1,"Name":"a\\u0000b"}', 'nul-character', 'Name'],
    ['{"OptyId":1,"Other":{"deep":["\\u0000"]}}', 'nul-character', 'Other'],
    ['{"OptyId":1,"Name":"\\ud83d"}', 'broken-text', 'Name'],
    ['{"OptyId":1,"EffectiveDate":"2026-02-30"}', 'impossible-date', 'EffectiveDate'],
    ['{"OptyId":1,"EffectiveDate":"soon"}', 'impossible-date', 'EffectiveDate'],
    [
      '{"OptyId":1,"LastUpdateDate":"2026-02-29T00:00:00Z"}',
      'impossible-instant',
      'LastUpdateDate',
    ],
    ['{"OptyId":1,"LastUpdateDate":"2026-02-28T00:00:00"}', 'impossible-instant', 'LastUpdateDate'],
    ['{"OptyId":1,"CreationDate":"2026-02-28T25:00:00Z"}', 'impossible-instant', 'CreationDate'],
    ['{"OptyId":1,"Revenue":"lots"}', 'not-a-number', 'Revenue'],
    ['{"OptyId":1,"Revenue":{}}', 'not-a-number', 'Revenue'],
    ['{"OptyId":1,"Revenue":1e400}', 'number-overflow', 'Revenue'],
    [`{"OptyId":1,"Revenue":${'9'.repeat(39)}}`, 'number-overflow', 'Revenue'],
    ['{"OptyId":1,"WinProb":"high"}', 'not-a-number', 'WinProb'],
    ['{"OptyId":1,"WinProb":101}', 'number-overflow', 'WinProb'],
    ['{"OptyId":1,"WinProb":50.5}', 'number-overflow', 'WinProb'],
    ['{"OptyId":1,"GEO_c":{"a":1}}', 'not-text', 'GEO_c'],
  ])('%s is refused as %s in %s, whole', (text, cause, field) => {
    const mapped = map(readRecord(text));
    expect(mapped).toMatchObject({ ok: false, cause, field, payload: text });
    expect(mapped).toHaveProperty('message', expect.stringContaining(field ?? 'record'));
  });

  it.each(['\\\\u0000', '\\\\ud83d', '\\ud83d\\ude00'])('is not %s in a text', (text) => {
    expect(of(`"Name":"${text}"`).ok).toBe(true);
  });
});

describe('what looks like another value', () => {
  it.each([
    ['"WinProb":50.00000000000000000001', 'number-overflow'],
    ['"WinProb":99.99999999999999999999', 'number-overflow'],
    ['"EffectiveDate":"2026-01-01Tgarbage"', 'impossible-date'],
    ['"CreationDate":"9999-12-31T23:00:00-05:00"', 'impossible-instant'],
  ])('is refused, not rounded: %s', (sent, cause) => {
    expect(of(sent)).toMatchObject({ ok: false, cause });
  });

  it('is told apart to the last digit beside links, however deep it lies', () => {
    const hashOf = (digit: number) => {
      const mapped = of(`"links":[{"a":1}],"child":{"amount":12345678901234567.1${digit}}`);
      return mapped.ok ? mapped.contentHash : null;
    };
    expect(hashOf(1)).not.toBe(hashOf(2));
    expect(hashOf(1)).toBe(hashOf(1));
  });
});

describe('an OptyId written with an exponent or a point', () => {
  const mapped = (token: string) => map(readRecord(`{"OptyId":${token}}`));

  it.each([
    ['3.00003300000123E14', '300003300000123'],
    ['300003300000123.0', '300003300000123'],
  ])('%s is the whole number it stands for', (token, id) =>
    expect(mapped(token)).toMatchObject({ ok: true, row: { remote_id: id } }),
  );

  it.each(['3.00000041122334455E17', '1.5', '3E-2', '-1E3'])('%s is no usable one', (token) =>
    expect(mapped(token)).toMatchObject({ ok: false, cause: 'bad-id' }),
  );
});
