import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactRecord } from './redacted-record.ts';
import { nameRules, redactText, treatmentOf, valueRules, type NameTreatment } from './redaction.ts';

// One or more names for every row of the table, by the row's place.
const names: [row: number, treatment: NameTreatment, names: string[]][] = [
  [0, 'secret', ['Password', 'DbPasswd_c', 'CLIENT_SECRET', 'AccessToken', 'Set-Cookie', 'JWT']],
  [1, 'secret', ['Authorization', 'oauth', 'SessionId', 'PIN_c', 'authorisation']],
  [2, 'secret', ['ApiKey', 'API_KEY', 'accessKeys', 'PrivateKeyPem']],
  [3, 'secret', ['userpassword', 'xapikey1', 'mytokens2']],
  [4, 'secret', ['Key', 'EncKey_c', 'SigningKeys']],
  [5, 'secret', ['LastUpdateLogin', 'login']],
  [6, 'email', ['EmailAddress', 'PrimaryContactEmailAddress', 'E_Mail', 'mailbox', 'emailaddress']],
  [7, 'phone', ['PhoneNumber', 'MobileNumber_c', 'Fax', 'Telephone']],
  [8, 'identity', ['SSN', 'TaxpayerId', 'PassportNumber', 'IBAN', 'DateOfBirth', 'BirthDate']],
  [9, 'address', ['Address1', 'StreetName', 'City', 'PostalCode', 'ZIP']],
  [10, 'person', ['FirstName', 'ContactName', 'OwnerName', 'PrimaryContactPartyName', 'UserName']],
  [11, 'person', ['PartyName1', 'PartyName', 'CreatedBy', 'LastUpdatedBy']],
  [12, 'free-text', ['Description', 'Comments', 'DescriptionText', 'Notes_c', 'Summary']],
];

describe('a name', () => {
  it('has a test for every row of the table', () => {
    expect(names.map(([row]) => row)).toEqual(nameRules.map((_, row) => row));
  });

  it.each(names)('of row %i says %s', (row, treatment, examples) => {
    expect(nameRules[row]![1]).toBe(treatment);
    expect(examples.filter((name) => treatmentOf(name) !== treatment)).toEqual([]);
  });

  it.each(
    `OptyId OptyNumber Name TargetPartyName TargetPartyId Revenue CurrencyCode WinProb SalesStage StatusCode
     EffectiveDate CreationDate LastUpdateDate KeyContactId OwnerPartyNumber Practice_c GEO_c Region_c Sector_c
     PrimaryOrganizationId SalesAccountUniqueName SalesMethod StgOrder ReasonWonLostCode BudgetedFlag`.split(
      /\s+/,
    ),
  )('%s is shown', (name) => {
    expect(treatmentOf(name)).toBeNull();
  });
});

// What each row of the table finds, by the row's place.
const values: [row: number, text: string, secret: string][] = [
  [0, 'x -----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY----- y', 'MIIabc'],
  [0, '-----BEGIN PRIVATE KEY-----\nMIIabc cut here', 'MIIabc'],
  [1, 'Bearer abcdefghij', 'abcdefghij'],
  [2, 'Basic dXNlcjpwYXNzd29yZDE=', 'dXNlcjpwYXNzd29yZDE'],
  [3, 'it is eyJhbGciOi.eyJzdWIi.c2ln here', 'eyJhbGciOi'],
  [4, 'see https://crm:hunter2@crm.example.test/x', 'hunter2'],
  [5, 'password: hunter2', 'hunter2'],
  [5, '{"client_secret":"hunter2"}', 'hunter2'],
  [6, 'https://files.example.test/a?sv=1&sig=hunter2', 'hunter2'],
  [7, 'AKIAABCDEFGHIJKLMNOP', 'AKIAABCDEFGHIJKLMNOP'],
  [8, 'id 0123456789abcdef0123456789abcdef', '0123456789abcdef'],
  [9, 'k Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdoaWo= k', 'Zm9vYmFyMTIz'],
  [10, 'ask sam.sales@example.test, please', 'sam.sales'],
  [11, 'call +49 (30) 123 45-67 today', '123'],
];

describe('a text', () => {
  it('has a test for every row of the table', () => {
    expect(new Set(values.map(([row]) => row))).toEqual(new Set(valueRules.keys()));
  });

  it.each(values)('by row %i alone: %s does not show %s', (row, text, secret) => {
    const [pattern, as] = valueRules[row]!;
    expect(text.replace(pattern, as)).not.toContain(secret);
    const redacted = redactText(text);
    expect(redacted.text).not.toContain(secret);
    expect(redacted.hidden).toBeGreaterThan(0);
  });

  it.each([
    'Basic hosting services for 42 branches',
    'Token economy: a study',
    'CLOUD_MIGRATION_2026_PHASE_2_EUROPE_NORTH',
    '300000041122372646',
    '02 - Evaluate & qualify',
    'https://crm.example.test/opportunities/1?onlyData=true',
    '2026-01-01T10:00:00.5-07:00',
    '+20 %',
  ])('%s is shown whole', (text) => {
    expect(redactText(text)).toEqual({ text, hidden: 0 });
  });
});

describe('a record', () => {
  it('is laid out with its numbers to the digit, what is personal hidden, free text short', () => {
    const payload = `{"OptyId":300000041122372646,"Revenue":1000.50,"PartyName1":"Ann Example","Description":"${'word '.repeat(30)}",
      "Child":{"EmailAddress":"a@example.test","list":[1,null,true]},"ApiKey":{"v":["hunter2",7]},"Empty":{}}`;
    expect(redactRecord(payload, null)).toEqual({
      offending: null,
      hidden: 5,
      cut: false,
      text: `{
  "OptyId": 300000041122372646,
  "Revenue": 1000.50,
  "PartyName1": ‹person hidden›,
  "Description": "word word word word word…" ‹150 characters›,
  "Child": {
    "EmailAddress": ‹e-mail address hidden›,
    "list": [
      1,
      null,
      true
    ]
  },
  "ApiKey": {
    "v": [
      ‹secret hidden›,
      ‹secret hidden›
    ]
  },
  "Empty": {}
}`,
    });
  });

  it('always shows the field that failed, controls made visible, and cut', () => {
    const bad = `a\\u0000b\\u202e${'x'.repeat(900)}`;
    const record = redactRecord(`{"PartyName1":"${bad}"}`, 'PartyName1');
    expect(record.offending?.value).toContain('"a\\u0000b\\u202exxx');
    expect(record.offending?.value.length).toBeLessThan(450);
    expect(record.text).toContain('"a\\u0000b\\u202exxx');
    expect(redactRecord('{}', 'Revenue').offending?.value).toBe('not there');
    const secret = redactRecord('{"Password":"hunter2\\u0000"}', 'Password');
    expect(JSON.stringify(secret)).not.toContain('hunter2');
  });

  it('shows the field that failed even where it lies beyond what is shown', () => {
    const payload = `{"Padding":["${'long '.repeat(9)}"${',"padding"'.repeat(5000)}],"Revenue":"lots"}`;
    const { cut, text, offending } = redactRecord(payload, 'Revenue');
    expect([cut, offending]).toEqual([true, { name: 'Revenue', value: '"lots"' }]);
    expect(text.length).toBeLessThan(8000);
  });

  it.each([
    ['no JSON', '{"Password":"hunter2","Name":"a'],
    ['no JSON, cut in a secret', '{"Password":"hunter2'],
    ['no JSON, an escape', '{"Password":"hun\\"ter2", oops'],
    ['nested deeper than can be walked', `{"Password":"hunter2","d":${'['.repeat(60_000)}`],
    ['huge', `{"Password":"hunter2","a":"${'a-'.repeat(1_500_000)}"}`],
    ['a list', '[{"Password":"hunter2"}]'],
    ['a text', '"password=hunter2"'],
    ['deep', `${'{"a":'.repeat(40)}{"Password":"hunter2"}${'}'.repeat(40)}`],
  ])('that is %s is shown all the same, without its secret', (_what, payload) => {
    const began = performance.now();
    const record = redactRecord(payload, 'Name');
    expect(JSON.stringify(record)).not.toMatch(/hunter2|ter2/);
    expect(record.text.length).toBeLessThan(20_000);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('never throws, and never shows what lies under a secret name', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, field) => {
        const record = redactRecord(`{"before":${json},"ApiKey":["hunter2",${json}]}`, field);
        expect(record.text).not.toContain('hunter2');
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void redactRecord(text, text)));
  });
});
