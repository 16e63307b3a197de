import { describe, expect, it } from 'vitest';
import { cookieFor, oryCookies, sessionCookieOf } from './cookies.ts';

describe('the cookies the identity server is shown', () => {
  it('are its own and none of the application', () => {
    const header =
      'bqs_toast=secret; ory_kratos_session=abc=; theme=dark; csrf_token_1f=x; ory_x=1';
    expect(oryCookies(header, 'ory_kratos_session')).toEqual({
      header: 'ory_kratos_session=abc=; csrf_token_1f=x; ory_x=1',
      session: true,
      csrf: true,
    });
  });

  it('hold the session under whatever name it is given', () => {
    expect(oryCookies('my_session=1; ory_kratos_session=2', 'my_session').session).toBe(true);
    expect(oryCookies('ory_kratos_session=2', 'my_session').session).toBe(false);
  });

  it('hold no session where there is no cookie, or an empty one', () => {
    expect(oryCookies(null, 's')).toEqual({ header: null, session: false, csrf: false });
    expect(oryCookies('s=', 's').session).toBe(false);
    expect(oryCookies('s', 's')).toEqual({ header: null, session: false, csrf: false });
  });

  it.each([
    ['s=1; csrf_token_a=x; s=2', 's=1; csrf_token_a=x', '1'],
    ['s=; s=2', 's=2', '2'],
    ['s="1"; s=2', 's=2', '2'],
    ['s=1,1', null, null],
    ['s=a b', null, null],
    ['s=\\1', null, null],
    ['s=ä', null, null],
  ])('hold one session at most, and that a legal one: of %j', (given, header, session) => {
    expect(oryCookies(given, 's').header).toBe(header);
    expect(sessionCookieOf(given, 's')).toBe(session);
  });
});

describe('a cookie of the identity server for a browser of BQS', () => {
  const kept = 'Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax';
  it.each([
    ['Domain=quiet-fox-1a2b.projects.oryapis.com; ', ''],
    ['domain=oryapis.com; ', ''],
    ['Domain=bqs.example.test.evil.test; ', ''],
    ['Domain=s.example.test; ', ''],
    ['Domain=bqs.example.test; ', 'Domain=bqs.example.test; '],
    ['Domain=.example.test; ', 'Domain=.example.test; '],
  ])('of %j keeps %j', (given, expected) => {
    const line = `ory_session_quietfox=MTY=; ${given}${kept}`;
    expect(cookieFor('bqs.example.test', line)).toBe(
      `ory_session_quietfox=MTY=; ${expected}${kept}`,
    );
  });

  it('keeps its value and its dates as they are', () => {
    const line = 'csrf_token_1=domain=x; Expires=Thu, 01 Jan 2037 00:00:00 GMT';
    expect(cookieFor('bqs.example.test', line)).toBe(line);
  });
});
