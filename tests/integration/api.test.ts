import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiOpportunity } from '#app/domain/api-opportunity.ts';
import { apiSyncRun } from '#app/domain/api-sync.ts';
import { pool } from '#app/lib/db.server.ts';
import { fillOpportunities } from '#tests/factories/opportunities.ts';
import { startApplication, type Application } from '#tests/setup/application.ts';

const rows = 620;
const precise =
  '{"OptyId": 9223372036854775807, "Revenue": 12345678901234567890.120, "Text": "a}"}';

let app: Application;
let cookies: Record<'manager' | 'head' | 'sales' | 'newcomer', string>;

beforeAll(async () => {
  app = await startApplication();
  await fillOpportunities(pool, { rows });
  await pool.query(
    `INSERT INTO opportunities (remote_id, remote_number, deal_value, close_date, sales_owner_email,
       crm_updated_at, raw, content_hash)
     VALUES (9223372036854775807, 'LAST', 12345678901234567890.120, '2026-03-29', 'SALES@example.test',
       '2026-03-29T01:30:00.25Z', $1, '\\x00')`,
    [precise],
  );
  const who = ['manager', 'head', 'sales', 'newcomer'] as const;
  const signed = await Promise.all(who.map((name) => app.signIn(`${name}@example.test`)));
  cookies = Object.fromEntries(who.map((name, at) => [name, signed[at]!.cookie])) as typeof cookies;
});
afterAll(() => app.stop());

const call = (path: string, who: keyof typeof cookies | null = 'manager', init: RequestInit = {}) =>
  fetch(app.url + path, {
    ...init,
    headers: { ...(who && { Cookie: cookies[who] }), ...(init.headers as Record<string, string>) },
  });
const post = (body: string) =>
  call('/api/sync-database', 'manager', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json' },
  });

async function expectProblem(response: Response, status: number, words: RegExp) {
  expect([response.status, response.headers.get('Content-Type')]).toEqual([
    status,
    'application/problem+json',
  ]);
  const body = (await response.json()) as { status: number; title: string; detail: string };
  expect(body).toMatchObject({
    status,
    detail: expect.stringMatching(words),
    title: expect.any(String),
  });
  return body;
}

describe('GET /api/opportunities', () => {
  it('gives every opportunity once, gone ones too, page after page', async () => {
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const page = await (await call(`/api/opportunities?limit=97&cursor=${cursor}`)).json();
      expect(Object.keys(page)).toEqual(['items', 'next_cursor', 'total']);
      expect(page.total).toBe(rows + 1);
      for (const item of page.items) ids.push(apiOpportunity.parse(item).remote_id);
      cursor = page.next_cursor ?? '';
      if (!cursor) break;
    }
    expect(ids).toHaveLength(rows + 1);
    expect(new Set(ids).size).toBe(rows + 1);
    expect(ids.at(-1)).toBe('9223372036854775807');
  });

  it('carries the columns by their names, amounts as text, and never the record', async () => {
    const { items } = await (await call('/api/opportunities?q=last')).json();
    expect(Object.keys(items[0])).toEqual(Object.keys(apiOpportunity.shape));
    expect(items[0]).toMatchObject({
      remote_id: '9223372036854775807',
      deal_value: '12345678901234567890.120',
      close_date: '2026-03-29',
      crm_updated_at: '2026-03-29T01:30:00.250Z',
      win_probability: null,
      workflow_status: 'NEW',
    });
  });

  it('takes 50 rows unless told, and 500 at most', async () => {
    expect((await (await call('/api/opportunities')).json()).items).toHaveLength(50);
    expect((await (await call('/api/opportunities?limit=500')).json()).items).toHaveLength(500);
    await expectProblem(await call('/api/opportunities?limit=501'), 400, /^limit .*1 to 500/);
  });

  it.each([
    ['colour=red', /^colour /],
    ['sort=raw', /^sort must be one of close_date/],
    ['gone=maybe', /^gone must be one of/],
    ['workflow_status=MAYBE', /^workflow_status must be one of/],
    ['limit=ten', /^limit /],
    ['limit=1&limit=2', /^limit is given more than once/],
    ['q=a%00b', /^q /],
    ['cursor=nonsense', /^cursor /],
  ])('refuses %s by name', async (parameters, words) => {
    await expectProblem(await call(`/api/opportunities?${parameters}`), 400, words);
  });

  it('refuses a cursor of a list with another order', async () => {
    const { next_cursor: cursor } = await (await call('/api/opportunities?limit=5')).json();
    const other = await call(`/api/opportunities?sort=name&cursor=${cursor}`);
    await expectProblem(other, 400, /cursor belongs to a list with another order/);
  });

  it('shows a seller the own rows alone', async () => {
    const { items, total } = await (await call('/api/opportunities', 'sales')).json();
    expect(total).toBe(1);
    expect(items[0].remote_number).toBe('LAST');
  });
});

describe('GET /api/oracle-opportunity/{remote_id}', () => {
  it('has the record to the digit', async () => {
    const response = await call('/api/oracle-opportunity/9223372036854775807');
    const text = await response.text();
    expect(text).toContain('"Revenue": 12345678901234567890.120}');
    expect(text).toContain('"OptyId": 9223372036854775807');
    expect(JSON.parse(text).raw.Text).toBe('a}');
  });

  it('is 404 for what is not there, is no id, or is not yours', async () => {
    const { items } = await (await call('/api/opportunities?limit=1')).json();
    for (const id of ['1', 'abc', '9223372036854775808', '-1', "1'--"]) {
      const missing = await call(`/api/oracle-opportunity/${encodeURIComponent(id)}`);
      await expectProblem(missing, 404, /no such opportunity/);
    }
    const foreign = await call(`/api/oracle-opportunity/${items[0].remote_id}`, 'sales');
    await expectProblem(foreign, 404, /not yours/);
  });
});

describe('the sync in the API', () => {
  it('is all null before the first run, then started once, and told of', async () => {
    const before = await (await call('/api/sync-status')).json();
    expect(Object.keys(before)).toEqual(Object.keys(apiSyncRun.shape));
    expect(new Set(Object.values(before))).toEqual(new Set([null]));
    expect(await (await call('/api/sync-history')).json()).toEqual({ items: [] });
    for (const body of ['', '{}', '[]', '{"mode":"FULL"}', '{"mode":"some"}', '{']) {
      await expectProblem(await post(body), 400, /"mode":"full"/);
    }
    const started = await post('{"mode":"full"}');
    expect(started.status).toBe(202);
    const run = await started.json();
    expect(run).toEqual({ id: expect.stringMatching(/^\d+$/), status: 'RUNNING', mode: 'full' });
    const second = await post('{"mode":"incremental"}');
    expect(await expectProblem(second, 409, /is running/)).toMatchObject({ id: run.id });
    const status = await (await call('/api/sync-status', 'head')).json();
    expect(apiSyncRun.parse(status)).toMatchObject({
      id: run.id,
      sync_type: 'FULL',
      status: 'RUNNING',
    });
    expect(await (await call('/api/sync-history')).json()).toEqual({ items: [status] });
  });

  it('keeps the last ten runs, newest first', async () => {
    await pool.query(`UPDATE sync_logs SET status = 'CANCELLED'`);
    await pool.query(
      `INSERT INTO sync_logs (sync_type, status, trigger, started_at, completed_at, duration_seconds)
       SELECT 'FULL', 'SUCCESS', 'SCHEDULE', now() + i * interval '1 hour', now(), 1.25
       FROM generate_series(1, 11) i`,
    );
    const { items } = await (await call('/api/sync-history')).json();
    expect(items).toHaveLength(10);
    const starts = items.map((item: unknown) => apiSyncRun.parse(item).started_at);
    expect(starts).toEqual(starts.toSorted().reverse());
    expect(items[0].duration_seconds).toBe(1.25);
  });
});

describe('every address of the API', () => {
  const addresses: [string, string][] = [
    ['/api/opportunities', 'GET'],
    ['/api/oracle-opportunity/1', 'GET'],
    ['/api/sync-database', 'POST'],
    ['/api/sync-status', 'GET'],
    ['/api/sync-history', 'GET'],
  ];

  it.each(addresses)(
    '%s is closed to who is not signed in or has no role',
    async (path, method) => {
      await expectProblem(await call(path, null, { method }), 401, /Sign in/);
      await expectProblem(await call(path, 'newcomer', { method }), 403, /role/);
    },
  );

  it.each(addresses)('%s names its method, %s, to whoever uses another', async (path, method) => {
    for (const wrong of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      if (wrong === method) continue;
      const response = await call(path, 'manager', { method: wrong });
      expect(response.headers.get('Allow')).toContain(method);
      await expectProblem(response, 405, new RegExp(method));
    }
  });

  it('is 404 where there is none, and forbidden to who may not', async () => {
    await expectProblem(await call('/api/nothing/here'), 404, /\/api\/nothing\/here/);
    await expectProblem(await call('/api'), 404, /\/api/);
    await expectProblem(await call('/api/sync-status', 'sales'), 403, /read:sync/);
  });

  it('is described, and read by a person', async () => {
    const { openapi, paths } = await (await call('/docs/openapi.json', 'sales')).json();
    expect(openapi).toMatch(/^3\.1/);
    for (const [path, method] of addresses) {
      expect(paths[path.replace('/1', '/{remote_id}')]).toHaveProperty(method.toLowerCase());
    }
    const page = await (await call('/docs', 'sales')).text();
    for (const path of Object.keys(paths)) expect(page).toContain(path);
  });
});
