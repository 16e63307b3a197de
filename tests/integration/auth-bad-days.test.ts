import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { badDays } from '../setup/bad-days.ts';
import {
  answer,
  sessionOf,
  startScriptedIdentity,
  type ScriptedIdentity,
} from '../setup/scripted-identity.ts';
import { residentMb } from './evidence-setup.ts';

const id = '7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55';
const cookie = 'ory_kratos_session=good; csrf_token_1=a; theme=dark';
/** Nobody waits for the identity server longer than 3 s, or 4 s under `/.ory`; the rest is for a busy machine. */
const patience = 8000;

let app: Application;
let ory: ScriptedIdentity;
/** What becomes of every request to the identity server; null: it is well. */
let day: string | null = null;

beforeAll(async () => {
  ory = await startScriptedIdentity((request, response) => {
    if (day !== null) return badDays[day]?.(request, response);
    if (request.url?.startsWith('/health/')) return answer(response, 200, { status: 'ok' });
    answer(response, 200, sessionOf({ id, email: 'somebody@example.test', verified: true }));
  });
  app = await startApplication({ env: { ORY_PUBLIC_URL: ory.url } });
  await createUser(db, { oryIdentityId: id, roles: ['MANAGER'], name: 'Scripted Person' });
  // What a process does once in its life is no part of anybody's wait.
  await ask('/audit');
});
afterAll(async () => {
  await app.stop();
  await ory.stop();
});
afterEach(() => void (day = null));

interface Seen {
  status: number;
  body: string;
  headers: Headers;
  ms: number;
}

async function ask(path: string, init: RequestInit = {}): Promise<Seen> {
  const began = performance.now();
  const headers = { Cookie: cookie, ...(init.headers as Record<string, string>) };
  const response = await fetch(app.url + path, { redirect: 'manual', ...init, headers });
  const body = response.headers.get('Content-Type')?.includes('event-stream')
    ? ''
    : await response.text();
  return {
    status: response.status,
    body,
    headers: response.headers,
    ms: performance.now() - began,
  };
}

const post = (fields: Record<string, string>, more = {}): RequestInit => ({
  method: 'POST',
  headers: { Origin: app.url, ...more },
  body: new URLSearchParams(fields),
});

/** Every kind of door that asks the identity server, and how it is knocked at. */
const doors: Record<string, () => Promise<Seen>> = {
  'a page': () => ask('/audit'),
  'the data of a page': () => ask('/audit.data'),
  'one part of the data': () => ask('/audit.data?_routes=routes%2Faudit'),
  'an action': () => ask('/people', post({ intent: 'add-practice', name: 'Typed by hand' })),
  'the data of an action': () =>
    ask('/people.data', post({ intent: 'add-practice', name: 'Typed by hand' })),
  'the API': () => ask('/api/sync-status'),
  'the API, writing': () =>
    ask('/api/sync-database', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"mode":"full"}',
    }),
  'the API with a token': () =>
    ask('/api/sync-status', { headers: { Cookie: '', Authorization: 'Bearer good' } }),
  'a stream': () => ask('/sync/stream', { headers: { Accept: 'text/event-stream' } }),
  'a file': () => ask('/files/7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
  'signing in': () => ask('/login?flow=7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
  registering: () => ask('/registration?flow=7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
  recovering: () => ask('/recovery?flow=7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
  verifying: () => ask('/verification?flow=7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
  settings: () => ask('/settings?flow=7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
  'signing out': () => ask('/logout', post({})),
  'the page of errors': () => ask('/error?id=7c6e4b32-6f0b-4a9e-8f43-0d8c5a9a7b55'),
};

/** Nothing sent says that anybody is signed out, leads anywhere or comes from the bad answer itself. */
function expectOutage(door: string, { status, body, headers, ms }: Seen): void {
  expect([door, status, body.slice(0, 200)]).toEqual([door, 503, expect.anything()]);
  expect([door, headers.getSetCookie(), headers.get('Location')]).toEqual([door, [], null]);
  // Data is read by a script of ours, which waits for a person to try again.
  if (!door.includes('data')) {
    expect([door, headers.get('Retry-After')]).toEqual([door, '5']);
  }
  expect([door, body]).toEqual([door, expect.not.stringMatching(/alert\(1\)|127\.0\.0\.1:|ECONN/)]);
  expect([door, ms]).toEqual([door, expect.toSatisfy((took: number) => took < patience)]);
}

describe.each(Object.keys(badDays))('an identity server that %s', (name) => {
  it('is 503 at every door, soon, with no cookie ended and nothing written', async () => {
    day = name;
    const events = await db.auditEvent.count();
    const answers = await Promise.all(
      Object.entries(doors).map(async ([door, knock]) => [door, await knock()] as const),
    );
    for (const [door, seen] of answers) expectOutage(door, seen);
    const of = (door: string) => answers.find(([each]) => each === door)?.[1];
    for (const door of ['the API', 'the API, writing', 'the API with a token']) {
      expect(of(door)?.headers.get('Content-Type')).toContain('application/problem+json');
      expect(JSON.parse(of(door)?.body ?? '')).toMatchObject({ status: 503 });
    }
    expect(of('a page')?.body).toMatch(/<a href="\/audit"[^>]*>Try again<\/a>/);
    const typed = /<form action="\/people" method="post">.*value="Typed by hand".*Send again/s;
    expect(of('an action')?.body).toMatch(typed);
    expect(of('the data of an action')?.body).toContain('Typed by hand');
    expect([
      await db.auditEvent.count(),
      await db.practice.count({ where: { name: 'Typed by hand' } }),
    ]).toEqual([events, 0]);
  });

  it('is no business of health, and is named by readiness', async () => {
    day = name;
    const [alive, ready] = await Promise.all([ask('/healthz'), ask('/readyz')]);
    expect(alive.status).toBe(200);
    expect([ready.status, JSON.parse(ready.body)]).toEqual([
      503,
      expect.objectContaining({ status: 'failed', ory: 'failed' }),
    ]);
  });

  it('is not passed on under /.ory', async () => {
    day = name;
    const [page, data] = await Promise.all([
      ask('/.ory/self-service/login/browser'),
      ask('/.ory/sessions/whoami', { headers: { Accept: 'application/json' } }),
    ]);
    for (const { status, body, headers, ms } of [page, data]) {
      expect(status).toSatisfy((code: number) => proxied(name).includes(code));
      expect(body).not.toMatch(/alert\(1\)|elsewhere/);
      expect([headers.getSetCookie(), headers.get('Location')]).toEqual([[], null]);
      expect(ms).toBeLessThan(patience);
    }
  });

  it('is over by itself', async () => {
    day = name;
    expect((await ask('/audit')).status).toBe(503);
    day = null;
    expect((await ask('/audit')).status).toBe(200);
    expect(JSON.parse((await ask('/readyz')).body)).toMatchObject({ ory: 'ok' });
  });
});

/** JSON is for the browser's script to judge; what cannot be the identity server's own is an outage. */
function proxied(name: string): number[] {
  if (/JSON of another shape|JSON that is cut|nothing with 200/.test(name)) return [200];
  if (name === 'sends 204') return [204];
  if (name === 'is overrun') return [429];
  return name === 'leads elsewhere' ? [502] : [503];
}

describe('fifty people at once', () => {
  it('wait no longer than one, while health answers as ever', async () => {
    day = 'never answers';
    const before = residentMb(app.pid);
    const crowd = Promise.all(Array.from({ length: 50 }, () => ask('/audit')));
    const alive = await ask('/healthz');
    const answers = await crowd;
    expect(alive.ms).toBeLessThan(2500);
    for (const { status, ms } of answers) {
      // Beyond the 3 s there are fifty pages to render, all at once.
      expect([status, ms]).toEqual([
        503,
        expect.toSatisfy((took: number) => took < patience + 4000),
      ]);
    }
    if (before !== null) expect((residentMb(app.pid) ?? 0) - before).toBeLessThan(100);
    day = null;
    const after = await Promise.all(Array.from({ length: 20 }, () => ask('/audit')));
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('ask no more of it than one question each', async () => {
    day = 'fails with 500';
    ory.seen.length = 0;
    await Promise.all(Array.from({ length: 50 }, () => ask('/audit')));
    expect(ory.seen).toHaveLength(50);
  });
});

describe('an identity server that is not there', () => {
  it('is 503 at once', async () => {
    const port = await freePort();
    const other = await startApplication({ env: { ORY_PUBLIC_URL: `http://127.0.0.1:${port}` } });
    const response = await fetch(`${other.url}/audit`, { headers: { Cookie: cookie } });
    const ready = await fetch(`${other.url}/readyz`);
    await other.stop();
    expect([response.status, response.headers.getSetCookie()]).toEqual([503, []]);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      expect.objectContaining({ ory: 'failed' }),
    ]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
