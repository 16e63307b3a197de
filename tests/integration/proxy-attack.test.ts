import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import { sendRaw, statusOf } from '../setup/raw-request.ts';
import {
  answer,
  startScriptedIdentity,
  type ScriptedIdentity,
} from '../setup/scripted-identity.ts';

let app: Application;
let real: Application;
let ory: ScriptedIdentity;

beforeAll(async () => {
  // Answers as the public port of Kratos does: what belongs to the admin port, by pointing there.
  ory = await startScriptedIdentity((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://ory');
    if (/admin|identities/i.test(pathname)) {
      const Location = `http://127.0.0.1:4434${request.url}`;
      return answer(response, 307, {}, { Location });
    }
    request.resume().on('end', () => answer(response, 200, { reached: request.url }));
  });
  app = await startApplication({ env: { ORY_PUBLIC_URL: ory.url } });
  real = await startApplication();
});
afterAll(async () => {
  await app?.stop();
  await real?.stop();
  await ory?.stop();
});
beforeEach(() => {
  ory.seen.length = 0;
});

const send = (lines: string[], body = '', target = app) => sendRaw(lines, body, target);

/** What of it came to the identity server, besides its being asked whose session this is. */
const reached = () =>
  ory.seen.map(({ path }) => path).filter((path) => !path.startsWith('/sessions/whoami'));

const dots = [
  '..',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%e0%80%ae',
  '..;',
  '%2e%2e;x',
];
const slashes = ['/', '%2f', '%5c', '\\', '//', '%252f', '%c0%af', '/;/', '/./'];
const traversals = dots.flatMap((dot) =>
  slashes.flatMap((slash) => [
    `/.ory/self-service${slash}${dot}${slash}admin${slash}identities`,
    `/.ory/sessions${slash}${dot}${slash}${dot}${slash}admin${slash}identities`,
    `/.ory${slash}${dot}${slash}.ory${slash}admin${slash}identities`,
  ]),
);
const disguises = [
  '/.ory/admin/identities',
  '/.ory/ADMIN/identities',
  '/.ory/self-service/admin/identities',
  '/.ory/sessions/identities',
  '/.ory/sessions;/admin/identities',
  '/.ory/sessions/;/admin',
  '/.ory/sessions%00/admin',
  '/.ory/sessions%0d%0aX-Evil:%201',
  '/.ory/sessions%23/../admin',
  '/.ory/sessions%3f/admin',
  '/.ory//127.0.0.1:4434/admin/identities',
  '/.ory/http://127.0.0.1:4434/admin/identities',
  '/.ory/@127.0.0.1:4434/admin/identities',
  '/.ory/:4434/admin/identities',
  '/.ORY/admin/identities',
  '/%2eory/admin/identities',
  '/.ory/admin/identities.data',
  '/x/../.ory/admin/identities',
  '//.ory/admin/identities',
  '/.ory/sessions/%E2%80%A5/admin',
  '/.ory/sessions/ａｄｍｉｎ',
  '/.ory/sessions/adm%C4%B1n',
];

describe('the way to the admin API', () => {
  it(`is closed, in each of ${traversals.length + disguises.length} spellings and by every method`, async () => {
    const spellings = [...traversals, ...disguises];
    const isClosed = async (path: string, method: string) => {
      const text = await send([`${method} ${path} HTTP/1.1`, 'Content-Length: 0']);
      const status = statusOf(text);
      expect([path, status]).toEqual([
        path,
        expect.toSatisfy((code: number) => code >= 300 && code < 500),
      ]);
      expect([path, text]).toEqual([path, expect.not.stringMatching(/:4434|X-Evil: 1/)]);
    };
    for (let at = 0; at < spellings.length; at += 10) {
      const some = spellings.slice(at, at + 10);
      await Promise.all(some.flatMap((path) => [isClosed(path, 'GET'), isClosed(path, 'POST')]));
    }
    expect(reached()).toEqual([]);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    'is not found by %s',
    async (method) => {
      for (const path of ['/.ory/admin/identities', '/.ory/self-service/admin']) {
        const text = await send([`${method} ${path} HTTP/1.1`, 'Content-Length: 0']);
        expect([path, statusOf(text)]).toEqual([path, 404]);
      }
      expect(reached()).toEqual([]);
    },
  );

  it('is not taken where the public port points to it', async () => {
    // The list of what passes is narrower than this; the identity server itself points away here.
    const response = await fetch(`${app.url}/.ory/self-service/x-identities-x`, {
      redirect: 'manual',
    });
    expect(response.status).toBe(502);
    expect(response.headers.get('Location')).toBeNull();
    expect(await response.text()).not.toContain('4434');
    expect(reached()).toEqual(['/self-service/x-identities-x']);
  });

  it('is closed with the identity server as it is, too', async () => {
    for (const path of ['/.ory/admin/identities', '/.ory/self-service/%2e%2e/admin/identities']) {
      expect(statusOf(await send([`GET ${path} HTTP/1.1`], '', real))).toBe(404);
    }
  });

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
    'is not opened by %s, nor is any method changed',
    async (name) => {
      await fetch(`${app.url}/.ory/sessions/1`, { headers: { [name]: 'DELETE' } });
      expect(ory.seen.map(({ method }) => method)).toEqual(['GET']);
      expect(JSON.stringify(ory.seen)).not.toContain('DELETE');
    },
  );

  it.each(['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Prefix'])(
    'is not opened by %s',
    async (name) => {
      await fetch(`${app.url}/.ory/sessions`, { headers: { [name]: '/admin/identities' } });
      expect(reached()).toEqual(['/sessions']);
    },
  );
});

describe('a request that is no honest one', () => {
  it('for another host in its first line is refused', async () => {
    for (const target of [
      'http://evil.test/.ory/sessions',
      'http://127.0.0.1:4434/admin/identities',
    ]) {
      const text = await send([`GET ${target} HTTP/1.1`]);
      expect([target, statusOf(text)]).toEqual([target, expect.toBeOneOf([400, 404])]);
    }
    expect(reached()).toEqual([]);
  });

  it('with two lengths, or a length and chunks, is refused before anybody reads it twice', async () => {
    const smuggled = 'GET /.ory/admin/identities HTTP/1.1\r\nHost: x\r\n\r\n';
    const post = 'POST /.ory/self-service/login?flow=1 HTTP/1.1';
    for (const lines of [
      ['Content-Length: 5', 'Content-Length: 50'],
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      ['Transfer-Encoding: chunked'],
      ['Transfer-Encoding: identity, chunked'],
      ['Transfer-Encoding : chunked'],
      ['Content-Length: +5'],
    ]) {
      const text = await send([post, ...lines], `0\r\n\r\n${smuggled}`);
      expect([lines, statusOf(text)]).toEqual([lines, expect.toBeOneOf([400, 411])]);
      expect(text.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
    }
    expect(reached()).toEqual([]);
  });

  it('cannot write a header of ours, in a query or in a path', async () => {
    for (const path of [
      '/login?return_to=/%0d%0aSet-Cookie:evil=1',
      '/.ory/self-service/login/browser?return_to=%0d%0aSet-Cookie:%20evil=1',
      '/opportunities/%0d%0aSet-Cookie:evil=1',
    ]) {
      for (const target of [app, real]) {
        expect(await send([`GET ${path} HTTP/1.1`], '', target)).not.toMatch(
          /^set-cookie: ?evil/im,
        );
      }
    }
  });
});

describe('the name of the host', () => {
  it('is the one BQS goes by, whatever a request calls it', async () => {
    const claims = [
      'Host: evil.test',
      'X-Forwarded-Host: evil.test:81',
      'Forwarded: host=evil.test',
    ];
    for (const path of [
      '/',
      '/login',
      '/logout',
      '/settings',
      '/.ory/self-service/login/browser',
    ]) {
      const text = await send([`GET ${path} HTTP/1.1`, ...claims], '', real);
      expect([path, text]).toEqual([path, expect.not.stringContaining('evil.test')]);
    }
    await send(['GET /.ory/self-service/login/browser HTTP/1.1', ...claims]);
    const headers = ory.seen[0]?.headers ?? {};
    expect(headers['x-forwarded-host']).toBe(new URL(app.url).host);
    expect(JSON.stringify(headers)).not.toContain('evil');
  });
});
