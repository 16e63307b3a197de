import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { claimRun } from '#jobs/sync/lease.ts';
import { runSync } from '#jobs/sync/run-sync.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { configFor, partsFor, sync } from './sync-setup.ts';

let app: Application;
const cookies: Record<string, string> = {};
const parts = () =>
  partsFor(
    configFor(app.crm, {
      fields: { practice: 'Practice_c', geo: 'GEO_c', region: null, sector: null },
    }),
  );

beforeAll(async () => {
  app = await startApplication({ opportunities: 60 });
  for (const person of ['manager', 'head', 'sales']) {
    cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());

async function page(path = '/sync/fields', person = 'manager') {
  const answer = await fetch(app.url + path, { headers: { Cookie: cookies[person]! } });
  return { status: answer.status, text: await answer.text() };
}

async function post(fields: Record<string, string | string[]>, person = 'manager') {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  const answer = await fetch(`${app.url}/sync/fields`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[person]!, Origin: app.url },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

const held = async () => {
  app.crm.faults.add({ kind: 'missing-attribute', attribute: 'Revenue' });
  const { runId, log } = await sync('FULL', parts());
  expect(log).toMatchObject({ status: 'HELD' });
  return runId;
};
const statusOf = async (id: string) =>
  db.syncLog.findUniqueOrThrow({ where: { id: BigInt(id) }, select: { status: true } });
const events = async () =>
  (await db.auditEvent.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind);

describe('the page of the fields', () => {
  it('says that nothing was read yet, and what each field feeds', async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(text).toContain('list of fields has not been read yet');
    expect(text).toContain('totals, stale assessments and the fast track');
    expect(text).toContain('ORACLE_REGION_FIELD');
    expect(text).toContain('Not read');
  });

  it('lists new, retyped and unmapped attributes', async () => {
    await sync('FULL', parts());
    app.crm.faults.add({ kind: 'new-attribute', attribute: 'Risk_c' });
    app.crm.faults.add({ kind: 'retyped-attribute', attribute: 'WinProb' });
    await sync('FULL', parts());
    const { text } = await page();
    expect(text.replaceAll('<!-- -->', '')).toContain('Was integer, is boolean');
    expect(text).toContain('Risk_c');
    expect(text.replaceAll('<!-- -->', '')).toContain('fields of the CRM nothing here reads');
    app.crm.faults.clear();
    await sync('FULL', parts());
  });

  it('says which run could not read the description', async () => {
    app.crm.faults.add({ kind: 'status', status: 404, match: { path: '/describe' } });
    const { runId } = await sync('FULL', parts());
    app.crm.faults.clear();
    expect((await page()).text).toContain(`Run ${runId} could not check the fields: The CRM`);
    await sync('FULL', parts());
    expect((await page()).text).not.toContain('could not check the fields');
  });

  it('shows the form to those who run syncs, and the words to those who read them', async () => {
    const runId = await held();
    expect((await page()).text).toContain('Go on like this');
    const head = await page('/sync/fields', 'head');
    expect(head.text).not.toContain('Go on like this');
    expect(head.text).toContain('A manager can decide here how to go on');
    expect((await page('/sync/fields', 'sales')).status).toBe(403);
    expect((await page(`/sync/runs/${runId}`)).text).toContain('href="/sync/fields"');
  });
});

describe('going on without a field', () => {
  const whole = async () => ({
    intent: 'accept',
    run: String(
      (await db.syncLog.findFirstOrThrow({ where: { status: 'HELD' }, orderBy: { id: 'desc' } }))
        .id,
    ),
    field: 'Revenue',
    'treatment.Revenue': 'READ_FROM',
    'source.Revenue': 'UpsideAmount',
    reason: 'They keep the amount there now.',
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['without a reason', { reason: ' ' }, 400, 'Say why'],
    ['without a choice', { 'treatment.Revenue': '' }, 400, 'Choose what is to become of it.'],
    ['without what to read', { 'source.Revenue': '' }, 400, 'Choose the field to read instead.'],
    ['from what is not there', { 'source.Revenue': 'No_c' }, 400, 'list of fields'],
    ['from free text', { 'source.Revenue': 'Comments' }, 400, 'is free text'],
    ['without a look at the values', { intent: 'confirm' }, 400, 'Look at the values, then'],
    ['with a look at others', { intent: 'confirm', 'looked.Revenue': 'WinProb' }, 400, 'then tick'],
    ['from itself', { 'source.Revenue': 'Revenue' }, 400, 'list of fields'],
    ['for another field', { field: 'Name', 'treatment.Name': 'LEAVE_EMPTY' }, 409, 'others by now'],
    ['of another run', { run: '1' }, 409, 'not held any more'],
    ['of no run', { run: 'x' }, 400, 'names no fields'],
  ])('is refused %s, and nothing typed is lost', async (_case, change, status, words) => {
    const answer = await post({ ...(await whole()), ...change });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    if (!('reason' in change)) expect(answer.text).toContain('They keep the amount there now.');
    expect(await db.mappingRule.count()).toBe(0);
  });

  it('is not for those who only read', async () => {
    expect((await post(await whole(), 'head')).status).toBe(403);
    expect((await post({ intent: 'nothing' })).status).toBe(400);
  });

  it('shows the values first, and writes nothing yet', async () => {
    const form = await whole();
    const { status, text } = await post(form);
    const plain = text.replaceAll('<!-- -->', '').replaceAll(/<[^>]+>/g, '');
    expect(status).toBe(200);
    expect(text).toContain('name="looked.Revenue"');
    expect(text).toContain(form.reason);
    expect(plain).toContain('written anew in 60 of 60 present opportunities');
    expect(plain).toContain('It feeds totals, stale assessments and the fast track.');
    const most = await pool.query<{ value: string; filled: number }>(
      `SELECT raw->>'UpsideAmount' AS value, sum(count(*)) OVER ()::int AS filled FROM opportunities
       WHERE raw->>'UpsideAmount' IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5`,
    );
    for (const { value } of most.rows) expect(text).toContain(`>${value}</bdi>`);
    expect(plain).toContain(`filled in ${most.rows[0]!.filled} of 60 records`);
    const held = await pool.query<{ value: string }>(
      `SELECT deal_value::text AS value FROM opportunities WHERE deal_value IS NOT NULL
       GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5`,
    );
    for (const { value } of held.rows) expect(text).toContain(`>${value}</bdi>`);
    expect(await db.mappingRule.count()).toBe(0);
    expect((await statusOf(form.run)).status).toBe('HELD');
  });

  it('leads back to the choice with what was typed', async () => {
    const { status, text } = await post({ ...(await whole()), intent: 'change' });
    expect(status).toBe(200);
    expect(text).toContain('Go on like this');
    expect(text).toContain('They keep the amount there now.');
    expect(text).not.toContain('value="Comments"');
    expect(text).not.toContain('value="OwnerPartyNumber"');
  });

  it('is on record, and the sync goes on with all else intact', async () => {
    const form = { ...(await whole()), intent: 'confirm', 'looked.Revenue': 'UpsideAmount' };
    const before = await pool.query(
      'SELECT remote_id, name, stage, crm_status, currency FROM opportunities ORDER BY remote_id',
    );
    expect((await post(form)).status).toBe(302);
    expect(await db.mappingRule.findMany()).toMatchObject([
      {
        field: 'Revenue',
        cause: 'vanished',
        treatment: 'READ_FROM',
        source: 'UpsideAmount',
        reason: form.reason,
        createdByName: 'Maya Manager',
        withdrawnAt: null,
      },
    ]);
    expect(await statusOf(form.run)).toEqual({ status: 'CANCELLED' });
    const kinds = ['mapping_rule.added', 'sync.fields_accepted', 'sync.requested'];
    expect((await events()).slice(-3)).toEqual(kinds);
    const run = await claimRun(pool);
    expect(run).toMatchObject({ syncType: 'FULL', purpose: 'SYNC' });
    expect(await runSync(parts(), run!)).toMatchObject({ status: 'SUCCESS' });
    const after = await pool.query(
      'SELECT remote_id, name, stage, crm_status, currency FROM opportunities ORDER BY remote_id',
    );
    expect(after.rows).toEqual(before.rows);
    expect((await page()).text).toContain('Read from another');
    const closed = (await page(`/sync/runs/${form.run}`)).text.replaceAll('<!-- -->', '');
    expect(closed).toContain('Held, then closed: Maya Manager had the next sync go on');
    expect(closed).toContain('Nothing was read and nothing was written.');
    expect(closed).toContain(`href="/sync/runs/${run!.id}"`);
    expect(closed).not.toContain('Held, then dropped');
    expect((await post(form)).status).toBe(409);
  });

  it('holds again where what was read instead vanishes too, and the rule gives way', async () => {
    app.crm.faults.add({ kind: 'missing-attribute', attribute: 'UpsideAmount' });
    await held();
    const form = { ...(await whole()), 'treatment.Revenue': 'LEAVE_EMPTY', 'source.Revenue': '' };
    expect((await post(form)).status).toBe(302);
    const rules = await db.mappingRule.findMany({ orderBy: { id: 'asc' } });
    expect(rules.map(({ treatment, withdrawnByName }) => [treatment, withdrawnByName])).toEqual([
      ['READ_FROM', 'Maya Manager'],
      ['LEAVE_EMPTY', null],
    ]);
    await runSync(parts(), (await claimRun(pool))!);
  });

  it('can be dropped instead, and holds again at the next sweep', async () => {
    await db.mappingRule.updateMany({ data: { withdrawnAt: new Date() } });
    const runId = await held();
    const choice = { field: 'Revenue', 'treatment.Revenue': 'LEAVE_EMPTY' };
    const silent = await post({ intent: 'drop', run: runId, reason: ' ', ...choice });
    expect(silent.status).toBe(400);
    expect(silent.text).toContain('Say why');
    expect(silent.text).toMatch(
      /value="LEAVE_EMPTY"[^>]*checked|checked=""[^>]*value="LEAVE_EMPTY"/,
    );
    expect((await statusOf(runId)).status).toBe('HELD');
    const drop = { intent: 'drop', run: runId, reason: 'They are moving it.' };
    expect((await post(drop)).status).toBe(302);
    const told = await db.auditEvent.findFirstOrThrow({ where: { kind: 'sync.dropped' } });
    expect(told.data).toEqual({ spared: 0, reason: 'They are moving it.' });
    const run = await db.syncLog.findUniqueOrThrow({ where: { id: BigInt(runId) } });
    expect(run).toMatchObject({
      status: 'CANCELLED',
      errorMessage: 'Held, and dropped by Maya Manager. Nothing was overwritten.',
    });
    expect((await post(drop)).status).toBe(409);
    expect((await page(`/sync/runs/${runId}`)).text).toContain(
      'Held, then dropped by Maya Manager',
    );
    const health = await fetch(`${app.url}/healthz/sync`);
    expect(await health.json()).toMatchObject({
      status: 'on-time',
      note: 'The last sync was held and then closed, so it does not count.',
      detail: expect.stringMatching(
        /closed, so it does not count\. The CRM data is as of 20/,
      ) as string,
    });
    expect((await page('/')).text).toContain('The last sync was held and then closed');
    expect((await statusOf(await held())).status).toBe('HELD');
  });
});
