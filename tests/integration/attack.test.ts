import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { createOpportunity } from '../factories/opportunity.ts';

let app: Application;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  app = await startApplication({ env: { REQUIRE_AAL2_FOR: 'grant-manager' } });
  for (const person of ['manager', 'head', 'architect', 'sales']) {
    cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());

const urlencoded = 'application/x-www-form-urlencoded';

function post(path: string, body: string | FormData, person?: string, type = urlencoded) {
  return fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Origin: app.url,
      ...(person && { Cookie: cookies[person] }),
      ...(typeof body === 'string' && { 'Content-Type': type }),
    },
    body,
  });
}

const refusals = () =>
  db.auditEvent.findMany({
    where: { kind: { in: ['opportunity.refused', 'access.refused'] } },
    orderBy: { id: 'asc' },
  });

describe('a form of millions of fields', () => {
  const many = `intent=decide&${'a&'.repeat(2_900_000)}`;

  it.each([undefined, 'manager'])('from %s is refused without keeping the site', async (person) => {
    for (const path of ['/theme', '/people', '/opportunities/none', '/opportunities/none/files']) {
      const began = performance.now();
      const answer = await post(path, many, person);
      expect([path, answer.status]).toEqual([path, expect.toBeOneOf([400, 401, 404])]);
      expect((await answer.text()).length).toBeLessThan(200_000);
      // It took minutes before the fields were counted first.
      expect(performance.now() - began).toBeLessThan(10_000);
    }
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  });
});

describe('the address that takes files', () => {
  it.each([urlencoded, 'text/plain'])('takes no more than any other of %s', async (type) => {
    const { hostname, port } = new URL(app.url);
    const headers = { 'Content-Type': type, 'Content-Length': '7000000' };
    const sent = request({
      hostname,
      port,
      path: '/opportunities/x/files',
      method: 'POST',
      headers,
    });
    sent.flushHeaders();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(413);
    sent.destroy();
  });
});

describe('a form with a file where a text belongs', () => {
  it('is refused', async () => {
    const form = new FormData();
    form.set('intent', 'decline');
    form.set('reason', new Blob(['x']), 'reason.txt');
    expect((await post('/people', form, 'manager')).status).toBe(400);
  });
});

describe('a year nobody means', () => {
  it.each(['/audit?since=0000-01-01', '/audit/export?since=0000-06-01'])(
    'is no fault of ours at %s',
    async (path) => {
      const answer = await fetch(app.url + path, { headers: { Cookie: cookies.manager ?? '' } });
      expect(answer.status).toBe(400);
    },
  );

  it.each(['add-holiday', 'remove-holiday'])('is refused as a day to %s', async (intent) => {
    const body = new URLSearchParams({ intent, day: '0000-01-01', name: 'Nothing' }).toString();
    const { status } = await post('/admin/calendar', body, 'manager');
    expect(status).toBeOneOf([400, 404]);
  });
});

describe('an attempt by the wrong person', () => {
  it('on what they may not see reads like nothing, well formed or not, and goes on the record', async () => {
    const { remoteNumber } = await createOpportunity(db, { practice: 'Elsewhere' });
    const path = `/opportunities/${remoteNumber}`;
    const before = (await refusals()).length;
    for (const [body, type] of [
      ['intent=decide&revision=0', urlencoded],
      ['intent=comment&body=x', urlencoded],
      ['intent=meet-condition', urlencoded],
      ['x', 'text/plain'],
      ['intent=%00', urlencoded],
    ] as const) {
      expect((await post(path, body, 'sales', type)).status).toBe(404);
    }
    expect((await post(`${path}/files`, 'intent=remove', 'sales')).status).toBe(404);
    expect((await post(`${path}/assess`, 'intent=start', 'architect')).status).toBe(404);
    expect((await refusals()).length).toBe(before + 7);
  });

  it('on a page that is not theirs goes on the record', async () => {
    const before = (await refusals()).length;
    for (const path of ['/admin/scorecards', '/admin/calendar', '/people', '/sync?index']) {
      expect((await post(path, 'intent=nothing', 'sales')).status).toBe(403);
    }
    const told = (await refusals()).slice(before);
    expect(told.map(({ data }) => (data as { path: string }).path)).toEqual([
      ...['/admin/scorecards', '/admin/calendar', '/people', '/sync'],
    ]);
  });
});

describe('an address of the API in another spelling', () => {
  it.each(['/api', '/API', '/%61pi'])('as %s tells a program what is missing', async (api) => {
    const { id } = await db.user.findFirstOrThrow({ where: { email: 'sales@example.test' } });
    const body = JSON.stringify({ role: 'MANAGER' });
    const answer = await post(`${api}/users/${id}/role`, body, 'manager', 'application/json');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ needs: 'second-factor', act: 'grant-manager' });
  });
});

describe('an export of the audit', () => {
  it('is not made because another site, or a look ahead, asks', async () => {
    const count = () => db.auditEvent.count({ where: { kind: 'audit.exported' } });
    const before = await count();
    const headers = { Cookie: cookies.manager ?? '' };
    const path = `${app.url}/audit/export`;
    expect((await fetch(path, { method: 'HEAD', headers })).status).toBe(405);
    const foreign = { ...headers, 'Sec-Fetch-Site': 'cross-site' };
    expect((await fetch(path, { headers: foreign })).status).toBe(403);
    expect(await count()).toBe(before);
  });
});
