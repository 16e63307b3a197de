import { describe, expect, it } from 'vitest';
import { accountName, fieldName, flowId, mayVisit, sessionName } from './flow-spelling.ts';

describe('a field', () => {
  it.each([
    ['identifier', 'identifier'],
    ['Identifier', 'identifier'],
    ['password_identifier', 'identifier'],
    ['PASSWORD_identifier', 'identifier'],
    ['pa\u017Fsword', 'password'],
    ['to\u212Aen', 'token'],
  ])('%s is %s', (given, name) => expect(fieldName(given)).toBe(name));
});

describe('an account', () => {
  it.each([
    ' a@example.test',
    'A@EXAMPLE.test\t',
    '\u0085a@example.test\u0085',
    '\u00A0a@example.test\u3000\u2028',
  ])('%j is one', (given) => expect(accountName(given)).toBe('a@example.test'));

  it.each([
    ['\u0130an@example.test', 'ian@example.test'],
    ['ΑΣ', 'ασ'],
    // Not a space to Go.
    ['\uFEFFa', '\uFEFFa'],
    [' \u0085 ', ''],
    ['', ''],
  ])('%j is %j', (given, name) => expect(accountName(given)).toBe(name));
});

describe('a flow', () => {
  const id = '8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60';
  it.each([
    [id, id],
    [id.toUpperCase(), id],
    [`{${id}}`, null],
    [id.replaceAll('-', ''), null],
    ['1', null],
    ['', null],
    [null, null],
  ])('%j is %j', (given, expected) => expect(flowId(given)).toBe(expected));
});

describe('a session', () => {
  it('has one name for the spellings of its bytes', () => {
    expect(sessionName('MTZ=')).toBe(sessionName('MTY='));
    expect(sessionName('MTY=')).not.toBe(sessionName('MTc='));
    expect(sessionName('a.b')).toBe('a.b');
  });
});

describe('an address where forms are sent', () => {
  it.each([
    ['/self-service/recovery', ['flow', 'code'], true],
    ['/self-service/verification', ['flow', 'token'], true],
    ['/self-service/login', ['flow'], true],
    ['/self-service/login', ['flow', 'identifier'], false],
    ['/self-service/recovery', ['flow', 'email'], false],
    ['/self-service/settings', ['method'], false],
    ['/self-service/login/browser', ['return_to', 'aal'], true],
    ['/self-service/login/flows', ['id'], true],
  ])('%s with %j may be visited: %s', (path, names, may) => {
    expect(mayVisit(path, names)).toBe(may);
  });
});
