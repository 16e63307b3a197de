import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '#tests/setup/application.ts';

// Whoever writes one thing in several ways is counted once for all of them. Every test has its own address.
let app: Application;
beforeAll(async () => {
  app = await startApplication({
    env: { RATE_LIMIT_FACTOR: '1', TRUSTED_PROXIES: 'loopback', LOG_LEVEL: 'silent' },
  });
});
afterAll(() => app.stop());

const urlencoded = 'application/x-www-form-urlencoded';
let tests = 0;
const newAddress = () => `192.0.2.${++tests}`;

interface Sent {
  address?: string;
  type?: string;
  headers?: Record<string, string>;
}

function send(
  path: string,
  body: string | FormData | undefined,
  { address = '192.0.2.250', type = urlencoded, headers = {} }: Sent = {},
): Promise<Response> {
  return fetch(`${app.url}/.ory/self-service/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Accept: 'application/json',
      'X-Forwarded-For': address,
      ...headers,
      ...(typeof body === 'string' && { 'Content-Type': type }),
    },
    body,
  });
}

const formOf = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const password = (identifier: string) => formOf({ method: 'password', identifier, password: 'x' });

async function statuses(times: number, one: (index: number) => Promise<Response>) {
  const seen: number[] = [];
  for (let index = 0; index < times; index++) seen.push((await one(index)).status);
  return seen;
}

/** The first ten pass, whatever the identity server makes of them, and the next is one too many. */
function expectTen(seen: number[]): void {
  expect(seen.slice(0, 10)).not.toContain(429);
  expect(seen[10]).toBe(429);
}

describe('the type of a body', () => {
  it('is what stands before the semicolon, and the method is given once', async () => {
    const path = `login?flow=${randomUUID()}&method=identifier_first`;
    const type = `${urlencoded}; x=json`;
    const twice = await send(path, password('typed@example.test'), { type });
    expect([twice.status, await twice.text()]).toEqual([400, expect.stringContaining('twice')]);
    const address = newAddress();
    expectTen(
      await statuses(11, () =>
        send(`login?flow=${randomUUID()}`, password('typed@example.test'), { type, address }),
      ),
    );
  });

  it('may hold its method twice, as a hidden field and a button do, but two methods hide nothing', async () => {
    const address = newAddress();
    const one = 'method=code&code=1&method=code';
    expect(await (await send('recovery?flow=1', one, { address })).text()).not.toContain('twice');
    const two = 'method=password&method=identifier_first&identifier=methods%40example.test';
    expectTen(await statuses(11, () => send(`login?flow=${randomUUID()}`, two, { address })));
  });

  it.each([
    ['text/plain', password('a@example.test'), 415],
    ['application/problem+json', '{}', 415],
    ['application/json', 'method=password&identifier=a', 400],
    ['application/json', '["identifier"]', 400],
    ['application/json', '{"identifier":"a"} x', 400],
    ['multipart/form-data', 'method=password', 400],
    ['multipart/form-data; boundary=x', '--y\r\n', 400],
  ])('%s with %j: %i, in words', async (type, body, status) => {
    const answer = await send('login?flow=1', body, { type });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(/so it was not sent on\.$/);
  });

  it('may be multipart, which is counted as any other form', async () => {
    const address = newAddress();
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(password('parts@example.test'))) {
      form.append(name, value);
    }
    expectTen(await statuses(11, () => send(`login?flow=${randomUUID()}`, form, { address })));
    form.append('file', new Blob(['x']), 'x.txt');
    expect((await send('login?flow=1', form)).status).toBe(400);
  });
});

describe('an account', () => {
  it('is one however its name and its field are written', async () => {
    const address = newAddress();
    const spellings = [
      'iris@example.test',
      '\u0085iris@example.test',
      '\u0130RIS@example.test\u2003',
      ' iris@EXAMPLE.test',
    ];
    expectTen(
      await statuses(11, (index) => {
        const field = index % 2 ? 'identifier' : 'password_identifier';
        const name = spellings[index % spellings.length] ?? '';
        const body = formOf({ method: 'password', [field]: name, password: 'x' });
        return send(`login?flow=${randomUUID()}`, body, { address });
      }),
    );
    const both = `${password('a@example.test')}&password_identifier=b%40example.test`;
    expect((await send('login?flow=1', both)).status).toBe(400);
  });

  it('that mail goes to is not hidden behind a field for another form', async () => {
    const address = newAddress();
    const seen = await statuses(6, (index) => {
      const fields = { method: 'code', email: 'iris@example.test', identifier: `decoy-${index}` };
      return send(`recovery?flow=${randomUUID()}`, formOf(fields), { address });
    });
    expect([seen.slice(0, 5).includes(429), seen[5]]).toEqual([false, 429]);
    const two = formOf({ email: 'a@example.test', recovery_address: 'b@example.test' });
    expect((await send('recovery?flow=1', two)).status).toBe(400);
  });

  it('that mail goes to counts by whichever field names it', async () => {
    const address = newAddress();
    const names = ['email', 'recovery_address', 'recovery_confirm_address'];
    const seen = await statuses(6, (index) => {
      const named = names[index % names.length] ?? '';
      const chosen = { recovery_address: 'io****@example.test', [named]: 'Iona@example.test' };
      return send(`recovery?flow=${randomUUID()}`, formOf(chosen), { address });
    });
    expect([seen.slice(0, 5).includes(429), seen[5]]).toEqual([false, 429]);
  });
});

describe('a session', () => {
  it('is the first of several, and the same in other spellings', async () => {
    const headers = ['MTY=', 'MTZ=', 'MTY'].flatMap((value) => [
      { Cookie: `ory_kratos_session=${value}` },
      { Cookie: `ory_kratos_session="x"; ory_kratos_session=${value}; ory_kratos_session=other` },
    ]);
    expectTen(
      await statuses(11, (index) =>
        send(`login?flow=${randomUUID()}`, formOf({ method: 'totp', totp_code: '1' }), {
          address: newAddress(),
          headers: headers[index % headers.length] ?? {},
        }),
      ),
    );
  });
});

describe('an address where forms are sent', () => {
  const visit = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/.ory/self-service/${path}`, { redirect: 'manual', headers });

  it.each([
    'recovery?flow=1&email=a%40example.test&method=code',
    'login?flow=1&identifier=a&password=x',
    'settings?flow=1&method=password',
  ])('is not visited as %s', async (path) => {
    const answer = await visit(path);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      'This address holds parts of a form, which are not sent this way. Use the page in BQS.',
    ]);
  });

  it('counts the code of a link as it counts one that is typed', async () => {
    const address = newAddress();
    const link = `verification?flow=${randomUUID()}&code=123456`;
    expectTen(await statuses(11, () => visit(link, { 'X-Forwarded-For': address })));
  });
});

describe('a page of another site', () => {
  const evil = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' };
  const words = 'This request came from another site, so nothing was changed.';

  it('is refused and counts nowhere, so that it locks nobody out', async () => {
    const address = newAddress();
    const foreign = await statuses(12, () =>
      send('login?flow=1', password('victim@example.test'), { address, headers: evil }),
    );
    expect(foreign).toEqual(Array(12).fill(403));
    const own = await send('login?flow=1', password('victim@example.test'), { address });
    expect(own.status).not.toBe(429);
    const refused = await send('login?flow=1', '', { headers: evil });
    expect(await refused.text()).toContain(words);
  });

  it('may lead somebody here, but load nothing', async () => {
    const ask = (dest: string) =>
      fetch(`${app.url}/.ory/self-service/login/browser`, {
        redirect: 'manual',
        headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': dest },
      });
    for (const dest of ['image', 'iframe', 'empty']) {
      expect([dest, (await ask(dest)).status]).toEqual([dest, 403]);
    }
    expect((await ask('document')).status).toBe(303);
  });

  it('of a provider may send its answer', async () => {
    const path = 'methods/oidc/callback/provider';
    expect((await send(path, 'code=1&state=2', { headers: evil })).status).not.toBe(403);
    expect((await send(`${path}/more`, 'code=1', { headers: evil })).status).toBe(403);
  });
});

describe('whoever is over the limit of their address', () => {
  it('writes no row any more, whatever they name', async () => {
    const address = newAddress();
    const attempt = (index: number) =>
      send('login?flow=1', password(`many-${index}@example.test`), { address });
    expect((await statuses(31, attempt)).at(-1)).toBe(429);
    const rows = await db.rateLimit.count();
    expect(await statuses(10, (index) => attempt(100 + index))).toEqual(Array(10).fill(429));
    expect(await db.rateLimit.count()).toBe(rows);
  });

  it('has one count for all flows that are none', async () => {
    const address = newAddress();
    expectTen(
      await statuses(11, (index) => send(`recovery?flow=x${index}`, 'code=1', { address })),
    );
  });
});
