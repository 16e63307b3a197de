import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';

let app: Application;
const cookies: Record<string, string> = {};
const mark = new Date('2026-03-01T10:00:00Z');

beforeAll(async () => {
  app = await startApplication();
  for (const who of ['manager', 'head', 'architect']) {
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());
beforeEach(async () => {
  await pool.query('DELETE FROM watermark_changes; DELETE FROM sync_alerts; DELETE FROM sync_logs');
  await ended({ status: 'SUCCESS', watermarkTo: mark });
});

function ended(values: Partial<Parameters<typeof db.syncLog.create>[0]['data']>, ago = 0) {
  const at = new Date(Date.now() - ago);
  return db.syncLog.create({
    data: {
      syncType: 'FULL',
      trigger: 'SCHEDULE',
      startedAt: at,
      completedAt: at,
      ...(values as object),
    },
  });
}

const path = '/sync/watermark';
async function look(who = 'manager', at = path) {
  const response = await fetch(app.url + at, { headers: { Cookie: cookies[who] ?? '' } });
  return { status: response.status, html: await response.text() };
}
async function post(form: Record<string, string>, who = 'manager') {
  const response = await fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[who] ?? '', Origin: app.url },
    body: new URLSearchParams(form),
  });
  return {
    status: response.status,
    to: response.headers.get('Location'),
    html: await response.text(),
  };
}
const setBack = (changes: Record<string, string> = {}) => ({
  intent: 'set-back',
  to: '2026-02-01T08:00',
  zone: 'UTC',
  seen: '0',
  reason: 'Bulk import',
  ...changes,
});

describe('the watermark’s page', () => {
  it('shows where it stands, from where the next delta reads, and the forms', async () => {
    const { status, html } = await look();
    expect(status).toBe(200);
    expect(html).toContain('1 Mar 2026, 10:00:00');
    expect(html).toContain('1 Mar 2026, 09:45:00');
    expect(html).toContain('15 min');
    for (const intent of ['set-back', 'backfill', 'delta', 'sweep', 'dry-run']) {
      expect(html).toContain(`value="${intent}"`);
    }
    for (const name of [
      'Sync everything',
      'Sync what changed',
      'Try it out (dry run)',
      'Overlap',
    ]) {
      expect(html).toContain(name);
    }
    expect(html).not.toContain('Set back by');
    expect(html).toContain('No alert yet');
  });

  it('shows who may only read it the same without a form, and others nothing', async () => {
    const { status, html } = await look('head');
    expect(status).toBe(200);
    expect(html).toContain('1 Mar 2026, 10:00:00');
    expect(html).not.toMatch(/name="intent"|Sync everything/);
    expect((await look('architect')).status).toBe(403);
    expect((await post(setBack(), 'head')).status).toBe(403);
    expect(await db.watermarkChange.count()).toBe(0);
  });

  it('says that there is none yet, and offers no setting back', async () => {
    await pool.query('DELETE FROM sync_logs');
    const { html } = await look();
    expect(html).toContain('None yet');
    expect(html).toContain('It has not moved yet.');
    expect(html).not.toContain('value="set-back"');
    expect((await post(setBack())).status).toBe(409);
  });

  it('sets it back, and says who did and why', async () => {
    const answer = await post(setBack({ to: '2026-02-01T08:00', zone: 'Europe/Berlin' }));
    expect([answer.status, answer.to]).toEqual([302, path]);
    const { html } = await look();
    expect(html).toContain('1 Feb 2026, 07:00:00');
    expect(html).toContain('Set back: <!-- -->Bulk import');
    expect(html).toMatch(/Set back by <bdi>[^<]+<\/bdi>/);
    expect(html).toContain('Nothing that is here is lost.');
    const change = await db.watermarkChange.findFirstOrThrow();
    expect(change).toMatchObject({ previous: mark, watermark: new Date('2026-02-01T07:00:00Z') });
  });

  it.each([
    ['a time ahead of it', { to: '2026-03-01T10:01' }, 400, 'only be set back'],
    ['the future', { to: '2199-01-01T00:00' }, 400, 'lies in the future'],
    ['before 1970', { to: '1950-01-01T00:00' }, 400, '1970 at the earliest'],
    ['a year long gone', { to: '0001-01-01T00:00' }, 400, '1970 at the earliest'],
    [
      'a day that does not exist',
      { to: '2026-02-30T00:00' },
      400,
      '2026-02-30 is not a day that exists.',
    ],
    ['nothing', { to: '' }, 400, 'Say where to set it back to'],
    ['no time zone', { zone: 'Middle/Earth' }, 400, 'That was not understood'],
    ['no reason', { reason: '   ' }, 400, 'Say why'],
    ['an invisible reason', { reason: '\u200b' }, 400, 'can be read'],
    ['a reason too long', { reason: 'x'.repeat(501) }, 400, 'at most 500'],
    ['what somebody was faster with', { seen: '7' }, 409, 'since this page was loaded'],
    ['no number of the last change', { seen: 'x' }, 400, 'That was not understood'],
  ])('refuses %s, in words, and loses nothing typed', async (_, changes, status, words) => {
    const form = setBack({ reason: 'Typed <b>with care</b>', ...changes });
    const answer = await post(form);
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(words);
    if (!('reason' in changes)) expect(answer.html).toContain('Typed &lt;b&gt;with care&lt;/b&gt;');
    if (form.to) expect(answer.html).toContain(`value="${form.to}"`);
    expect(await db.watermarkChange.count()).toBe(0);
  });

  it('orders a backfill, and leads to its run', async () => {
    const answer = await post({ intent: 'backfill', from: '2026-01-01', to: '2026-01-31' });
    const run = await db.syncLog.findFirstOrThrow({ where: { status: 'RUNNING' } });
    expect([answer.status, answer.to]).toEqual([302, `/sync/runs/${run.id}`]);
    expect(run).toMatchObject({
      purpose: 'BACKFILL',
      syncType: 'INCREMENTAL',
      trigger: 'PERSON',
      rangeFrom: new Date('2026-01-01'),
      rangeTo: new Date('2026-01-31'),
    });
    expect((await look('manager', answer.to!)).status).toBe(200);
  });

  it.each([
    ['turned round', { from: '2026-02-01', to: '2026-01-01' }, 'lies before the first'],
    ['still to come', { from: '2026-01-01', to: '2199-01-01' }, 'still to come'],
    ['too long', { from: '2020-01-01', to: '2022-01-01' }, 'a backfill reads at most 366'],
    ['of no days', { from: '', to: '' }, 'Choose the'],
    [
      'of a day that does not exist',
      { from: '2026-02-30', to: '2026-03-01' },
      '2026-02-30 is not a day that exists.',
    ],
    ['of a year long gone', { from: '1800-01-01', to: '2026-03-01' }, 'before 1970'],
    ['of something else', { from: '1 January', to: "'; DROP" }, 'Choose the'],
  ])('refuses a range that is %s', async (_, days, words) => {
    const answer = await post({ intent: 'backfill', ...days, reason: 'Kept as typed' });
    expect(answer.status).toBe(400);
    expect(answer.html).toContain(words);
    expect(answer.html).toContain('Kept as typed');
    expect(await db.syncLog.count({ where: { status: 'RUNNING' } })).toBe(0);
  });

  it.each([
    [{ intent: 'delta' }, { syncType: 'INCREMENTAL', purpose: 'SYNC' }],
    [{ intent: 'sweep' }, { syncType: 'FULL', purpose: 'SYNC' }],
    [
      { intent: 'dry-run', mode: 'FULL' },
      { syncType: 'FULL', purpose: 'DRY_RUN' },
    ],
    [
      { intent: 'dry-run', mode: 'INCREMENTAL' },
      { syncType: 'INCREMENTAL', purpose: 'DRY_RUN' },
    ],
  ])('orders %j', async (form, expected) => {
    const answer = await post(form);
    const run = await db.syncLog.findFirstOrThrow({ where: { status: 'RUNNING' } });
    expect(answer.to).toBe(`/sync/runs/${run.id}`);
    expect(run).toMatchObject(expected);
    // Whatever is asked for beside it is refused in words, with its name.
    const second = await post({ intent: 'sweep' });
    expect([second.status, second.html]).toEqual([
      409,
      expect.stringContaining(`Run ${run.id} is in progress`),
    ]);
  });

  it('lets one of two who order at once through', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post({ intent: 'dry-run', mode: 'FULL' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 409, 409, 409]);
  });

  it.each([[{}], [{ intent: 'forward' }], [{ intent: 'dry-run', mode: 'SIDEWAYS' }]])(
    'does not know what %j asks for',
    async (form) => {
      const answer = await post(form);
      expect([answer.status, answer.html]).toEqual([
        400,
        expect.stringContaining('nothing was changed'),
      ]);
    },
  );

  it('lists the alerts with what became of their webhook', async () => {
    await db.syncAlert.create({
      data: {
        state: 'failed',
        message: 'The sync failed. <script>',
        webhook: 'FAILED',
        webhookError: 'The webhook answered 404.',
      },
    });
    const { html } = await look();
    expect(html).toContain('The sync failed. &lt;script&gt;');
    expect(html).toContain('The webhook answered 404.');
  });
});

describe('the circuit', () => {
  const fail = (fault: string, ago: number) => ended({ status: 'FAILED', fault }, ago);

  it('that is closed is not spoken of, and is in the health', async () => {
    expect((await look('manager', '/sync')).html).not.toContain('Scheduled syncs are paused');
    const health = await fetch(`${app.url}/healthz/sync`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      circuit: { state: 'closed', since: null, tries_again: null },
    });
  });

  it('that is open says since when, why, when it tries again and what to do', async () => {
    await fail('credentials', 120_000);
    await fail('credentials', 60_000);
    for (const page of [path, '/sync']) {
      const { html } = await look('manager', page);
      expect(html).toContain('Scheduled syncs are paused');
      expect(html).toContain('the CRM refuses our credentials');
      expect(html).toContain('gets locked');
      expect(html).toContain('tries again');
    }
    const health = await fetch(`${app.url}/healthz/sync`);
    const { circuit } = (await health.json()) as { circuit: Record<string, string> };
    expect([health.status, circuit.state]).toEqual([503, 'open']);
    expect(Date.parse(circuit.tries_again!)).toBeGreaterThan(Date.now());
    expect(Date.parse(circuit.since!)).toBeLessThan(Date.now());
  });

  it('that is half open says that the next one tries', async () => {
    await fail('network', 80 * 60_000);
    await fail('network', 70 * 60_000);
    await fail('network', 60 * 60_000);
    expect((await look()).html).toContain('The next scheduled sync tries the CRM again');
  });
});
