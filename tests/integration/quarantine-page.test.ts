import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { emptyQuarantine, endedRun, putInQuarantine } from './quarantine-setup.ts';

let app: Application;
const cookies: Record<string, string> = {};
const groupPath = '/sync/quarantine/group?cause=not-a-number&field=Revenue';

beforeAll(async () => {
  app = await startApplication();
  for (const role of ['manager', 'head', 'architect', 'sales']) {
    cookies[role] = (await app.signIn(`${role}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());
beforeEach(emptyQuarantine);

async function ask(role: string, path: string, fields?: [string, string][]) {
  const response = await fetch(app.url + path, {
    method: fields ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { Cookie: cookies[role] ?? '', Origin: app.url, Accept: 'text/html' },
    body: fields && new URLSearchParams(fields),
  });
  const { status, headers } = response;
  return { status, location: headers.get('Location'), text: await response.text() };
}
const post = (fields: Record<string, string>, records: string[] = [], path = groupPath) =>
  ask('manager', path, [
    ...Object.entries(fields),
    ...records.map((id): [string, string] => ['record', id]),
  ]);
const open = () => db.syncQuarantine.count({ where: { resolvedAt: null } });
const events = async (kind: string) =>
  (await db.auditEvent.findMany({ where: { kind }, orderBy: { id: 'asc' } })).map(
    ({ data, actorName, subjectName }) => ({ data, actorName, subjectName }),
  );
const reason = 'Test data of the CRM team.';
const five = ['1', '2', '3', '4', '5'].map((remoteId) => ({ remoteId }));

describe('the pages of the quarantine', () => {
  it('group by cause and field, and show records to managers alone, redacted', async () => {
    const secret = `{"OptyId":9,"Name":"a\\u0000b","PartyName1":"Ann Example","ApiKey":"hunter2","Note":"https://u:hunter3@x.example.test"}`;
    await putInQuarantine([
      ...five,
      { remoteId: '9', cause: 'nul-character', field: 'Name', payload: secret },
      { remoteId: null, cause: 'not-an-object', field: null, payload: '7' },
    ]);
    const index = await ask('manager', '/sync/quarantine');
    expect(index.status).toBe(200);
    for (const words of ['7 records', 'Not a number', 'Holds a NUL character', 'the whole record'])
      expect(index.text).toContain(words);
    const group = await ask('manager', '/sync/quarantine/group?cause=nul-character&field=Name');
    expect(group.text).toContain('a\\u0000b');
    for (const page of [index, group, await ask('manager', '/sync')])
      expect(page.text).not.toMatch(/hunter|Ann Example/);
    const head = await ask('head', '/sync/quarantine');
    expect([head.status, head.text.includes('lots')]).toEqual([200, false]);
    expect((await ask('head', '/sync')).text).not.toContain('lots');
    expect((await ask('manager', '/sync/quarantine/group?cause=not-an-object')).status).toBe(200);
  });

  it.each([
    ['head', 403],
    ['architect', 403],
    ['sales', 403],
  ])('refuse a group and every act to %s', async (role, status) => {
    const [id] = await putInQuarantine(five);
    expect((await ask(role, groupPath)).status).toBe(status);
    for (const fields of [
      { intent: 'replay-all', upTo: id! },
      { intent: 'discard-all', upTo: id!, reason },
      { intent: 'add-rule', treatment: 'LEAVE_EMPTY', reason },
    ])
      expect((await ask(role, groupPath, Object.entries(fields))).status).toBe(status);
    const withdrawing = Object.entries({ intent: 'withdraw-rule', rule: '1' });
    expect((await ask(role, '/sync/quarantine', withdrawing)).status).toBe(status);
    expect(await open()).toBe(5);
  });

  it.each([
    ['/sync/quarantine/group', 404],
    ['/sync/quarantine/group?cause=vanished&field=Revenue', 404],
    ['/sync/quarantine/group?cause=constructor', 404],
    ['/sync/quarantine/group?cause=not-text&field=%00', 400],
    [`${groupPath}&after=x`, 400],
    [`${groupPath}&after=999999999999999999`, 200],
    ['/sync/quarantine/group?cause=too-deep', 200],
    [`/sync/quarantine/group?cause=not-text&field=${'x'.repeat(3000)}`, 200],
  ])('answer %s with %i', async (path, status) => {
    expect((await ask('manager', path)).status).toBe(status);
  });

  it('of a cause without its field name the fields there are', async () => {
    await putInQuarantine([
      { remoteId: '1' },
      { remoteId: '2', field: 'WinProb' },
      { remoteId: '3', cause: 'bad-id', field: 'OptyId' },
    ]);
    const { status, text } = await ask('manager', '/sync/quarantine/group?cause=not-a-number');
    expect([status, text.includes('Nothing of this kind')]).toEqual([200, false]);
    for (const words of ['This address names no field', 'field=Revenue', 'field=WinProb'])
      expect(text).toContain(words);
    expect(text).not.toContain('OptyId');
  });

  it('page through a group', async () => {
    const records = Array.from({ length: 45 }, (_, at) => ({ remoteId: `${at + 100}` }));
    const ids = await putInQuarantine(records);
    const boxes = (text: string) =>
      [...text.matchAll(/name="record" [^>]*?value="(\d+)"/g)].map(([, id]) => id);
    const first = await ask('manager', groupPath);
    const second = await ask('manager', `${groupPath}&after=${ids[19]}`);
    const third = await ask('manager', `${groupPath}&after=${ids[39]}`);
    expect([first, second, third].flatMap(({ text }) => boxes(text))).toEqual(ids);
    expect(second.text).toContain('Next page');
    expect(third.text).not.toContain('Next page');
  });
});

describe('discarding', () => {
  it('settles what is ticked, with who and why, keeps it whole, and is one event', async () => {
    const ids = await putInQuarantine(five);
    const chosen = [ids[0]!, ids[2]!, ids[0]!];
    const answer = await post({ intent: 'discard-selected', reason }, chosen);
    expect([answer.status, answer.location]).toEqual([302, groupPath]);
    const rows = await db.syncQuarantine.findMany({ where: { resolution: 'DISCARDED' } });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      resolvedReason: reason,
      resolvedByName: 'Maya Manager',
      payload: expect.stringContaining('"lots"') as string,
    });
    expect(rows[0]!.resolvedById).not.toBeNull();
    expect(await events('quarantine.discarded')).toContainEqual({
      actorName: 'Maya Manager',
      subjectName: 'Not a number, Revenue',
      data: { records: 2, cause: 'not-a-number', field: 'Revenue', reason },
    });
  });

  it('is not told as if every record could be applied, until the CRM sends them otherwise', async () => {
    const ids = await putInQuarantine(five);
    const note = async () =>
      /every record could be applied|\d discarded|kept whole/.exec(
        (await ask('head', '/sync')).text,
      )?.[0];
    expect(await note()).toBe('kept whole');
    const page = await ask('manager', groupPath);
    expect(page.text).toContain('opportunities that are already in BQS stay as they are');
    await post({ intent: 'discard-all', upTo: ids.at(-1)!, reason });
    expect(await note()).toBe('5 discarded');
    const later = await endedRun();
    expect(await note()).toBe('every record could be applied');
    await db.syncQuarantine.updateMany({ data: { lastSyncLogId: later } });
    expect(await note()).toBe('5 discarded');
  });

  it('of the group takes what was shown of it, and not what came since', async () => {
    const ids = await putInQuarantine(five);
    await putInQuarantine([{ remoteId: '77' }, { remoteId: '78', field: 'WinProb' }]);
    const answer = await post({ intent: 'discard-all', upTo: ids.at(-1)!, reason });
    expect(answer.location).toBe(groupPath);
    expect(await open()).toBe(2);
    const last = await db.syncQuarantine.findFirstOrThrow({ where: { remoteId: '77' } });
    const rest = await post({ intent: 'discard-all', upTo: `${last.id}`, reason });
    expect(rest.location).toBe('/sync/quarantine');
    expect(await open()).toBe(1);
  });

  it('refuses what is wrong in words, keeps what was typed, and does nothing', async () => {
    const ids = await putInQuarantine(five);
    const upTo = ids.at(-1)!;
    const none = await post({ intent: 'discard-selected', reason });
    expect([none.status, none.text.includes('Choose at least one record')]).toEqual([400, true]);
    expect(none.text).toContain(reason);
    const short = await post({ intent: 'discard-selected', reason: 'no' }, [ids[1]!]);
    expect([short.status, short.text.includes('Say why')]).toEqual([400, true]);
    expect(short.text).toMatch(
      new RegExp(`checked=""[^>]*value="${ids[1]}"|value="${ids[1]}"[^>]*checked=""`),
    );
    for (const wrong of ['', '   ', '\u200b\u200b\u200b\u200b\u200b', 'x'.repeat(2001)])
      expect((await post({ intent: 'discard-all', upTo, reason: wrong })).status).toBe(400);
    for (const id of ['x', '-1', '1e3', '9'.repeat(30), ''])
      expect((await post({ intent: 'discard-selected', reason }, [id])).status).toBe(400);
    for (const bad of ['', 'x', '9'.repeat(30)])
      expect((await post({ intent: 'discard-all', upTo: bad, reason })).status).toBe(400);
    for (const intent of ['', 'discard', 'delete-all', 'discard-all '])
      expect((await post({ intent, upTo, reason })).status).toBe(400);
    expect((await post({ intent: 'discard-selected', reason }, ['999999999'])).status).toBe(409);
    const many = Array.from({ length: 10_000 }, (_, at) => `${at}`);
    expect((await post({ intent: 'discard-selected', reason }, many)).status).toBe(400);
    const other = '/sync/quarantine/group?cause=not-text&field=Revenue';
    expect((await post({ intent: 'discard-selected', reason }, [ids[0]!], other)).status).toBe(409);
    expect(await open()).toBe(5);
    expect(await db.syncQuarantine.count({ where: { resolution: 'DISCARDED' } })).toBe(0);
  });

  it('of a record that is settled is refused whole, and of two people one wins', async () => {
    const ids = await putInQuarantine(five);
    await post({ intent: 'discard-selected', reason }, [ids[0]!]);
    const mixed = await post({ intent: 'discard-selected', reason }, [ids[0]!, ids[1]!]);
    expect([mixed.status, mixed.text.includes('One of the records is')]).toEqual([409, true]);
    expect(await open()).toBe(4);
    const all = { intent: 'discard-all', upTo: ids.at(-1)!, reason };
    const before = (await events('quarantine.discarded')).length;
    const both = await Promise.all([post(all), post(all)]);
    expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect((await events('quarantine.discarded')).length).toBe(before + 1);
  });
});

describe('replaying', () => {
  it('orders a run that goes to the chosen records, on the record, once at a time', async () => {
    const ids = await putInQuarantine([...five, { remoteId: 'abc' }]);
    const answer = await post({ intent: 'replay-selected' }, [ids[1]!, ids[5]!]);
    const run = await db.syncLog.findFirstOrThrow({
      where: { status: 'RUNNING' },
      include: { targets: { orderBy: { id: 'asc' } } },
    });
    expect([answer.status, answer.location]).toEqual([302, `/sync/runs/${run.id}`]);
    expect(run).toMatchObject({ purpose: 'REPLAY', syncType: 'INCREMENTAL' });
    expect(run.targets).toMatchObject([
      { quarantineId: BigInt(ids[1]!), remoteId: 2n, remoteNumber: 'N2', outcome: null },
      { quarantineId: BigInt(ids[5]!), remoteId: null, remoteNumber: 'Nabc' },
    ]);
    expect(await events('quarantine.replay_requested')).toContainEqual({
      actorName: 'Maya Manager',
      subjectName: 'Not a number, Revenue',
      data: { records: 2, runId: `${run.id}` },
    });
    const again = await post({ intent: 'replay-all', upTo: ids[5]! });
    expect([again.status, again.text.includes('is running')]).toEqual([409, true]);
    const page = await ask('manager', answer.location!);
    expect(page.text).toContain('What came of 2 records');
    expect(page.text).toContain('to come');
    expect((await ask('head', answer.location!)).text).not.toContain('What came of');
  });

  it('of the same group by two people at once orders one run', async () => {
    const ids = await putInQuarantine(five);
    const all = { intent: 'replay-all', upTo: ids.at(-1)! };
    const both = await Promise.all([post(all), post(all)]);
    expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(await db.syncTarget.count()).toBe(5);
  });

  it('of thousands takes the first ones and says that more wait', async () => {
    const runs = await putInQuarantine([{ remoteId: '1' }]);
    await db.$executeRaw`
      INSERT INTO sync_quarantine (sync_log_id, last_sync_log_id, remote_id, cause, field, message, payload, fingerprint)
      SELECT sync_log_id, sync_log_id, (i + 10)::text, cause, field, message, payload, 'OptyId ' || (i + 10)
      FROM sync_quarantine, generate_series(1, 6000) AS i WHERE id = ${BigInt(runs[0]!)}`;
    const { _max } = await db.syncQuarantine.aggregate({ _max: { id: true } });
    const answer = await post({ intent: 'replay-all', upTo: `${_max.id}` });
    expect(answer.status).toBe(302);
    expect(await db.syncTarget.count()).toBe(5000);
  });

  it('shows what came of each record', async () => {
    const ids = await putInQuarantine(five);
    const { location } = await post({ intent: 'replay-all', upTo: ids.at(-1)! });
    const outcomes = ['ADDED', 'UPDATED', 'NOT_FOUND', 'QUARANTINED', 'FAILED'];
    const targets = await db.syncTarget.findMany({ orderBy: { id: 'asc' } });
    for (const [at, { id }] of targets.entries())
      await db.syncTarget.update({
        where: { id },
        data: { outcome: outcomes[at]!, message: `Words on ${at}.`, doneAt: new Date() },
      });
    const { text } = await ask('manager', location!);
    for (const words of ['Not in the CRM', 'Still in quarantine', 'Words on 4.', '1 new'])
      expect(text).toContain(words);
  });
});
