import { describe, expect, it } from 'vitest';
import { flowStart, returnToUrl, safeReturnTo } from './return-to.ts';

describe('where a person goes on to after signing in', () => {
  it.each(['/', '/opportunities?q=a%2Fb&sort=name', '/opportunities/A%2F1#facts', '/loginology'])(
    'keeps the path %s',
    (path) => expect(safeReturnTo(path)).toBe(path),
  );

  it.each([
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    'javascript:alert(1)',
    'opportunities',
    '',
    null,
    undefined,
  ])('refuses %j', (value) => expect(safeReturnTo(value, '/fallback')).toBe('/fallback'));

  it.each([
    '/login',
    '/login?return_to=/login',
    '/logout',
    '/.ory/self-service/logout',
    '/error?id=1',
  ])('does not go round in a circle through %s', (path) => expect(safeReturnTo(path)).toBe('/'));

  it('takes the address of this site off a URL and refuses one of a site named alike', () => {
    expect(returnToUrl('https://bqs.example.test/sync?a=1', 'https://bqs.example.test')).toBe(
      '/sync?a=1',
    );
    expect(returnToUrl('https://bqs.example.test.evil.test/', 'https://bqs.example.test')).toBe(
      '/',
    );
    expect(returnToUrl('https://bqs.example.test//evil.test', 'https://bqs.example.test')).toBe(
      '/',
    );
  });

  it('starts a flow with an absolute address, as the identity server wants it', () => {
    expect(flowStart('login', 'https://bqs.example.test', '/a?b=c&d')).toBe(
      '/.ory/self-service/login/browser?return_to=https%3A%2F%2Fbqs.example.test%2Fa%3Fb%3Dc%26d',
    );
  });
});
