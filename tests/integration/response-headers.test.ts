import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import { routeExpectations } from './route-expectations.ts';

let app: Application;
let secure: Application;
let manager: string;
beforeAll(async () => {
  app = await startApplication();
  manager = (await app.signIn('manager@example.test')).cookie;
});
afterAll(async () => {
  await app.stop();
  await secure?.stop();
});

/** What every answer carries, whatever it is. */
const standing = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringMatching(
    /camera=\(\).*publickey-credentials-get=\(self\)/,
  ) as string,
  'content-security-policy': expect.stringMatching(/default-src 'none'/) as string,
};

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(app.url + path, { redirect: 'manual', ...init });
  // A stream of events would go on for half a minute.
  await response.body?.cancel();
  return response;
}

function expectGuarded(path: string, { status, headers }: Response): void {
  const found = Object.fromEntries(headers);
  expect({ path, status, ...found }).toMatchObject(standing);
  expect([path, status, found['cache-control']]).toEqual([
    path,
    status,
    expect.stringContaining('no-store'),
  ]);
  expect([path, found['cache-control']]).toEqual([path, expect.not.stringContaining('public')]);
  expect([path, found['x-powered-by'], found['etag']]).toEqual([path, undefined, undefined]);
  const policy = found['content-security-policy'] ?? '';
  expect([path, policy]).toEqual([
    path,
    expect.not.stringMatching(/unsafe|\*|https?:(?!\/\/localhost)/),
  ]);
}

describe.each(Object.entries(routeExpectations))('%s', (_id, { path }) => {
  it('is kept by nobody and guarded, for whoever asks, however', async () => {
    const data = path === '/' ? '/_root.data' : `${path}.data`;
    const body = new URLSearchParams({ intent: 'nothing' });
    for (const headers of [{}, { Cookie: manager }] as Record<string, string>[]) {
      expectGuarded(path, await ask(path, { headers }));
      // What answers without end is not asked for its headers alone.
      if (path !== '/sync/stream') {
        expectGuarded(`HEAD ${path}`, await ask(path, { method: 'HEAD', headers }));
      }
      expectGuarded(data, await ask(data, { headers }));
      expectGuarded(`POST ${path}`, await ask(path, { method: 'POST', headers, body }));
    }
    const foreign = { Cookie: manager, Origin: 'https://evil.test' };
    expectGuarded(`foreign ${path}`, await ask(path, { method: 'POST', headers: foreign, body }));
  });
});

describe('what lies outside every route', () => {
  it.each([
    ['GET', '/none-such'],
    ['GET', '/.ory/self-service/login/browser'],
    ['GET', '/.ory/self-service/errors?id=stub:500'],
    ['GET', '/.ory/sessions/whoami'],
    ['GET', '/.ory/nothing'],
    ['GET', '/assets/none-such.js'],
    ['GET', '/%E0%A4%A'],
    ['GET', '/?a=%00'],
    ['PROPFIND', '/'],
    ['PUT', '/people'],
    ['DELETE', '/api/opportunities'],
    ['OPTIONS', '/api/opportunities'],
  ])('%s %s is kept by nobody and guarded', async (method, path) => {
    expectGuarded(path, await ask(path, { method, headers: { Cookie: manager } }));
  });
});

describe('a page', () => {
  it('runs no script and takes no style but its own, by a nonce of its own', async () => {
    const pages = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${app.url}/opportunities`, { headers: { Cookie: manager } });
        const policy = response.headers.get('Content-Security-Policy') ?? '';
        return { policy, html: await response.text() };
      }),
    );
    const nonces = pages.map(({ policy }) => /'nonce-([^']{16,})'/.exec(policy)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const [index, { policy, html }] of pages.entries()) {
      expect(policy).toMatch(/style-src 'self'(;|$)/);
      expect(policy).toMatch(/form-action 'self'/);
      for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) {
        const ours = tag.includes(`nonce="${nonces[index]}"`) || tag.includes('src="/');
        expect([tag, ours]).toEqual([tag, true]);
      }
      expect(html).not.toMatch(/<[^>]+\s(style|on[a-z]+)="/);
    }
  });
});

describe('files of the build', () => {
  it('are kept for ever by everybody, since their names change with them', async () => {
    const [name = ''] = readdirSync('build/client/assets');
    const response = await ask(`/assets/${name}`);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });
});

describe('over https', () => {
  it('browsers are told to stay there', async () => {
    expect((await ask('/healthz')).headers.get('Strict-Transport-Security')).toBeNull();
    secure = await startApplication({ env: { APP_URL: 'https://bqs.example.test' } });
    const response = await fetch(`${secure.url}/healthz`);
    expect(response.headers.get('Strict-Transport-Security')).toMatch(/^max-age=31536000/);
  });
});

describe('a request that is no HTTP, or not all of it', () => {
  it.each([
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 'names no host'],
    ['no version', 'GET / HTTX\r\n\r\n', 'could not be read'],
  ])(
    'for it has %s is refused in words, with what every answer carries',
    async (_case, text, words) => {
      const { hostname, port } = new URL(app.url);
      const answer = await new Promise<string>((resolve) => {
        let seen = '';
        const socket = connect(Number(port), hostname, () => socket.write(text));
        socket.on('data', (piece) => (seen += piece.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(seen));
      });
      const [head = '', body] = answer.split('\r\n\r\n');
      const [line, ...lines] = head.split('\r\n');
      expect(line).toMatch(/^HTTP\/1\.1 400 /);
      expect(body).toContain(words);
      const headers = new Headers(lines.map((each) => each.split(': ', 2) as [string, string]));
      expectGuarded(words, new Response(null, { status: 400, headers }));
    },
  );
});

describe('a slow client', () => {
  it('that does not finish its headers is cut off', async () => {
    const { hostname, port } = new URL(app.url);
    const began = performance.now();
    const answer = await new Promise<string>((resolve) => {
      let seen = '';
      const socket = connect(Number(port), hostname, () => {
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
      });
      const drip = setInterval(() => socket.write('a'), 500);
      socket.on('data', (piece) => (seen += piece.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(drip);
        resolve(seen);
      });
    });
    expect(answer).toMatch(/^(HTTP\/1\.1 408|$)/);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('that sends more headers than 16 kB is refused', async () => {
    const response = await fetch(app.url, { headers: { 'X-Long': 'x'.repeat(17_000) } });
    expect(response.status).toBe(431);
  });
});
