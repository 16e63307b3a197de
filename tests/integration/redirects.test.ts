import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import { sendRaw, statusOf } from '../setup/raw-request.ts';

let real: Application;
beforeAll(async () => {
  real = await startApplication();
});
afterAll(() => real.stop());

const elsewhere = [
  ...['https://evil.test', '//evil.test', '/\\evil.test', '\\/evil.test', '\\\\evil.test'],
  ...['https:evil.test', 'https:/evil.test', '///evil.test', '/%09/evil.test', '/\t/evil.test'],
  ...['/\n/evil.test', '\u0001//evil.test', ' //evil.test', '/.//evil.test', '/x/..//evil.test'],
  ...[
    'https://localhost@evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil%E3%80%82test',
  ],
  ...['%2f%2fevil.test', '/%2f/evil.test', '/%5cevil.test', '/;//evil.test', '//[::1]/evil.test'],
];

describe('a redirect', () => {
  /** Where a browser that is at `from` goes for a Location. */
  const leads = (location: string, from: string) => new URL(location, from).origin;

  it('leads nowhere else, whichever address asks for it', async () => {
    const { cookie } = await real.signIn('manager@example.test');
    let redirects = 0;
    const follow = async (path: string, to: string, headers: Record<string, string>) => {
      const query = new URLSearchParams({ return_to: to, redirect: to, next: to, url: to });
      const response = await fetch(`${real.url}${path}?${query}`, { redirect: 'manual', headers });
      await response.body?.cancel();
      const location = response.headers.get('Location');
      if (location === null) return;
      redirects += 1;
      expect([path, to, leads(location, real.url)]).toEqual([path, to, real.url]);
      const next = new URL(location, real.url).searchParams.get('return_to');
      if (next && location.startsWith('/')) expect(leads(next, real.url)).toBe(real.url);
    };
    const flows = ['login', 'registration', 'recovery', 'verification', 'settings'];
    const pages = ['/logout', '/', '/welcome', '/theme', '/error', '/notifications/1'];
    const paths = [
      ...pages,
      ...flows.flatMap((kind) => [`/${kind}`, `/.ory/self-service/${kind}/browser`]),
    ];
    const html = { Accept: 'text/html' };
    for (const to of elsewhere) {
      await Promise.all(
        paths.flatMap((path) => [
          follow(path, to, html),
          // Signing out would end the session of those that follow.
          path === '/logout' ? null : follow(path, to, { ...html, Cookie: cookie }),
        ]),
      );
    }
    expect(redirects).toBeGreaterThan(100);
  });

  it('after a form leads nowhere else either', async () => {
    const { cookie } = await real.signIn('manager@example.test');
    for (const to of elsewhere) {
      const body = new URLSearchParams({
        theme: 'dark',
        return_to: to,
        back: to,
        redirect: to,
        intent: 'x',
      });
      const headers = { Cookie: cookie, Origin: real.url };
      for (const path of ['/theme', '/people', '/notifications?index', '/decisions']) {
        const response = await fetch(real.url + path, {
          method: 'POST',
          redirect: 'manual',
          headers,
          body,
        });
        await response.body?.cancel();
        const location = response.headers.get('Location');
        if (location) expect([path, to, leads(location, real.url)]).toEqual([path, to, real.url]);
      }
    }
  });

  it.each([
    '//evil.test/login',
    '/\\evil.test',
    '/%5cevil.test/..',
    '/.%2e//evil.test',
    '//evil.test/%2e%2e',
  ])('from the path %s leads nowhere else', async (path) => {
    const text = await sendRaw([`GET ${path} HTTP/1.1`], '', real);
    const location = /^location: (.+)$/im.exec(text)?.[1]?.trim();
    if (location) expect(leads(location, real.url)).toBe(real.url);
    expect(statusOf(text)).toBeLessThan(500);
  });
});
