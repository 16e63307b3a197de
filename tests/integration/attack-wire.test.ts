import { connect } from 'node:net';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { json, requestsTo, urlencoded } from './attack-setup.ts';

let app: Application;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  app = await startApplication();
  cookies.manager = (await app.signIn('manager@example.test')).cookie;
});
afterAll(() => app.stop());

const { as, get, send } = requestsTo(() => app, cookies);

/** Sends bytes as they are and returns everything that comes back until the other side is done. */
async function raw(text: string, patienceMs = 2000): Promise<string> {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  socket.on('error', () => undefined);
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.write(Buffer.from(text, 'latin1'));
  await once(socket, 'close');
  return Buffer.concat(pieces).toString('latin1');
}

const answers = (text: string) =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

describe('a line end where a header is made', () => {
  it.each([
    '/login?return_to=',
    '/theme?return_to=',
    '/logout?return_to=',
    '/registration?return_to=',
  ])('in %s makes no header', async (path) => {
    for (const evil of [
      '%0d%0aX-Evil:%201',
      '/%0d%0aSet-Cookie:%20evil=1',
      '/a%0aX-Evil:1',
      '%E5%98%8A%E5%98%8DX-Evil:1',
    ]) {
      const { status, headers } = await get(path + evil);
      expect(status).toBeLessThan(500);
      expect(headers.get('X-Evil')).toBeNull();
      expect(headers.getSetCookie().join()).not.toContain('evil=');
    }
  });

  it('in a request id, or in the line of a request, makes none either', async () => {
    const text = await raw('GET /login?a\r\nX-Evil: 1 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answers(text)).toHaveLength(1);
    expect(text).not.toContain('X-Evil');
    const { headers } = await fetch(`${app.url}/healthz`, {
      headers: { 'X-Request-Id': 'a,b=1;c' },
    });
    expect(headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a path that climbs', () => {
  it.each([
    ...[
      '/assets/../../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
    ],
    ...[
      '/../package.json',
      '/..%5c..%5cpackage.json',
      '/assets/%252e%252e/package.json',
      '/.env',
      '/.git/config',
    ],
    ...[
      '/files/..%2f..%2fpackage.json',
      '/files/../../package.json',
      '/assets/....//package.json',
      '/%00',
    ],
    ...[
      '/.ory/../admin/identities',
      '/.ory/self-service/..%2f..%2fadmin/identities',
      '/.ory/%61dmin/identities',
    ],
  ])('%s leads nowhere', async (path) => {
    const { hostname, port } = new URL(app.url);
    const sent = request({ hostname, port, path, headers: as('manager') }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    let body = '';
    for await (const piece of answer) body += String(piece);
    expect(answer.statusCode).toBeOneOf([302, 400, 403, 404]);
    expect(body).not.toContain('"private": true');
  });
});

describe('a path that climbs out of the API', () => {
  it.each([
    '/api/..',
    '/api/../people',
    '/.ory/../people',
    '/api/%2e%2e/people',
    '/api/..\\people',
  ])('%s takes no form of another site', async (path) => {
    const body = 'intent=add-practice&name=Climbed';
    const text = await raw(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.test\r\nCookie: ${cookies.manager}\r\n` +
        `Content-Type: ${urlencoded}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    // Whether as another site's form or as an address that climbs: it goes no further.
    expect(answers(text)).toEqual([expect.toBeOneOf([403, 404])]);
  });
});

describe('a request that is two', () => {
  const head = 'POST /theme HTTP/1.1\r\nHost: localhost\r\n';
  const second = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it.each([
    ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 0\r\n\r\n${second}`],
    [
      'a length and chunks',
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${second}`,
    ],
    ['chunks by another name', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${second}`],
    ['a length that is none', `${head}Content-Length: +5\r\n\r\nhello${second}`],
    ['a name with a space', `${head}Content-Length : 5\r\n\r\nhello${second}`],
    [
      'a folded header',
      `${head}X-A: 1\r\n Content-Length: 5\r\nContent-Length: x\r\n\r\n${second}`,
    ],
    ['chunks', `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n${second}`],
  ])('by %s is answered once, and the connection ends', async (_case, text) => {
    expect(answers(await raw(text))).toEqual([expect.toBeOneOf([400, 411])]);
  });
});

describe('a body that is refused unread', () => {
  const refused = [
    ['PATCH /people?q=%00', 400],
    ['TRACE /people', 405],
    ['POST /people', 411],
  ] as const;

  it.each(refused)(
    'of no known end, to %s, is the last of its connection',
    async (line, status) => {
      for (const encoding of ['identity', 'gzip, identity']) {
        const head = `${line} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: ${encoding}\r\n\r\n`;
        const text = await raw(`${head}hello`);
        expect(answers(text)).toEqual([status]);
        // Kept open by its word, the connection would fail whoever sends the next request on it.
        expect(text).toMatch(/^Connection: close\r$/m);
      }
    },
  );

  it('is not waited for', async () => {
    const head = `PATCH /people?q=%00 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n`;
    const began = performance.now();
    expect(answers(await raw(`${head}hello`, 15_000))).toEqual([400]);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe('a body that is packed', () => {
  it.each(['gzip', 'br', 'deflate', 'GZIP, identity', 'x'])(
    'as %s is refused unread',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(20_000_000));
      for (const path of ['/api/sync-database', '/people', '/theme']) {
        const answer = await send(path, bomb, json, { 'Content-Encoding': encoding });
        expect([path, answer.status]).toEqual([path, 415]);
      }
    },
  );
});

describe('a host that is none of ours', () => {
  it.each(['evil.test@localhost', 'a b', '', '[x]', 'a/b'])(
    '%s is refused in words',
    async (host) => {
      const text = await raw(`GET /theme HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answers(text)).toEqual([400]);
    },
  );

  it('in X-Forwarded-Host changes no address and breaks no form', async () => {
    const more = { 'X-Forwarded-Host': 'evil.test' };
    const answer = await send('/people', 'intent=nothing', urlencoded, more);
    expect(answer.status).toBe(400);
    const page = await fetch(`${app.url}/people`, { redirect: 'manual', headers: more });
    expect(page.headers.get('Location')).toBe('/login?return_to=%2Fpeople');
  });

  it('behind a proxy that renames it, the page’s own forms still come through', async () => {
    const body = 'intent=nothing';
    const text = await raw(
      `POST /people HTTP/1.1\r\nHost: inside:8080\r\nOrigin: ${app.url}\r\nCookie: ${cookies.manager}\r\n` +
        `Content-Type: ${urlencoded}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(answers(text)).toEqual([400]);
    expect(text).not.toContain('Tell whoever runs BQS');
  });
});

describe('the data of an address of the API', () => {
  it.each([
    ...['/api/x.data', '/api/sync-database.data', '/api/opportunities.data'],
    ...['/api/users/x/role.data', '/API/x.data', '/%61pi/x.data', '/api.data'],
    // Not its data, but with cookies just as much a browser's.
    ...['/api/sync-database', '/API/sync-database'],
  ])('at %s is refused to another site before anything reads it', async (path) => {
    const ways: Record<string, string>[] = [{}, { Cookie: '' }, { Authorization: 'Bearer x' }];
    for (const more of ways) {
      if ('Authorization' in more && !path.endsWith('.data')) continue;
      const answer = await send(path, 'd=1', urlencoded, { Origin: 'https://evil.test', ...more });
      const text = await answer.text();
      expect([path, answer.status, text]).toEqual([
        path,
        403,
        expect.stringContaining('This request came from another site'),
      ]);
    }
  });

  it('is left to the guard where a token comes with it', async () => {
    const more = { Origin: 'https://evil.test', Cookie: '', Authorization: 'Bearer none' };
    for (const path of ['/api/sync-database', '/API/sync-database']) {
      expect([path, (await send(path, '{}', json, more)).status]).toEqual([path, 401]);
    }
  });
});

describe('the data of a page', () => {
  it.each(['HEAD', 'OPTIONS'])('is not asked for with %s', async (method) => {
    const headers = { ...as('manager'), Origin: 'https://evil.test' };
    const answer = await fetch(`${app.url}/people.data`, { method, headers });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('an expectation that no server knows', () => {
  it('is passed over, with the headers that protect', async () => {
    const text = await raw(
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: x\r\nConnection: close\r\n\r\n',
    );
    expect(answers(text)).toEqual([200]);
    expect(text).toMatch(/x-content-type-options: nosniff/i);
  });
});

describe('an address that is too long for HTTP', () => {
  it('is refused in words, with the headers that protect', async () => {
    const text = await raw(
      `GET /api/opportunities?q=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(answers(text)).toEqual([431]);
    expect(text).toMatch(/application\/problem\+json[^]*nosniff[^]*16 kB/);
  });
});
