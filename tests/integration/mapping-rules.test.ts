import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { emptyQuarantine, putInQuarantine } from './quarantine-setup.ts';

let app: Application;
let manager: string;
const groupPath = '/sync/quarantine/group?cause=not-a-number&field=Revenue';
const reason = 'The CRM team mends it next quarter.';
const rule = { intent: 'add-rule', treatment: 'LEAVE_EMPTY', reason };

beforeAll(async () => {
  app = await startApplication();
  manager = (await app.signIn('manager@example.test')).cookie;
});
afterAll(() => app.stop());
beforeEach(emptyQuarantine);

async function ask(path: string, fields?: Record<string, string>, toast = '') {
  const response = await fetch(app.url + path, {
    method: fields ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { Cookie: `${manager}; ${toast}`, Origin: app.url, Accept: 'text/html' },
    body: fields && new URLSearchParams(fields),
  });
  const { status, headers } = response;
  const said = headers.getSetCookie().find((cookie) => cookie.startsWith('bqs_toast='));
  return {
    status,
    location: headers.get('Location'),
    text: await response.text(),
    toast: said?.split(';')[0] ?? '',
  };
}
const inForce = () => db.mappingRule.findMany({ where: { withdrawnAt: null } });

describe('a mapping rule', () => {
  it('is made on the page of a group, in force with who, why and when, and offers a replay', async () => {
    await putInQuarantine([{ remoteId: '1' }]);
    const answer = await ask(groupPath, rule);
    expect([answer.status, answer.location]).toEqual([302, groupPath]);
    expect(await inForce()).toMatchObject([
      {
        field: 'Revenue',
        cause: 'not-a-number',
        treatment: 'LEAVE_EMPTY',
        source: null,
        reason,
        createdByName: 'Maya Manager',
      },
    ]);
    const group = await ask(groupPath);
    for (const words of ['A rule is in force', reason, 'Replay the record'])
      expect(group.text).toContain(words);
    expect((await ask('/sync/quarantine')).text).toContain(reason);
    const [event] = await db.auditEvent.findMany({
      where: { kind: 'mapping_rule.added' },
      orderBy: { id: 'desc' },
    });
    expect(event).toMatchObject({
      subjectName: 'Revenue',
      data: { field: 'Revenue', cause: 'not-a-number', treatment: 'LEAVE_EMPTY', reason },
    });
  });

  it('is there once for a field and cause, whoever asks at the same time', async () => {
    const both = await Promise.all([ask(groupPath, rule), ask(groupPath, rule)]);
    expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect((await ask(groupPath, rule)).status).toBe(409);
    expect(await inForce()).toHaveLength(1);
  });

  it('is withdrawn once, on the record, and can be made anew', async () => {
    await ask(groupPath, rule);
    const [made] = await inForce();
    const withdrawing = { intent: 'withdraw-rule', rule: `${made!.id}` };
    const both = await Promise.all([
      ask('/sync/quarantine', withdrawing),
      ask('/sync/quarantine', withdrawing),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(await db.mappingRule.findMany()).toMatchObject([{ withdrawnByName: 'Maya Manager' }]);
    const events = await db.auditEvent.findMany({
      where: { kind: 'mapping_rule.withdrawn', subjectId: `${made!.id}` },
    });
    expect(events).toHaveLength(1);
    expect((await ask(groupPath, rule)).status).toBe(302);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no reason', { reason: '' }, 'Say why'],
    ['no treatment', { treatment: '' }, 'Choose how'],
    ['an unknown treatment', { treatment: 'INVENT' }, 'Choose how'],
    ['one that makes no sense', { treatment: 'AS_TEXT' }, 'cannot be done'],
    ['no source', { treatment: 'READ_FROM' }, 'Name the field'],
    ['a source that is no name', { treatment: 'READ_FROM', source: 'a b' }, 'Name the field'],
    ['itself as its source', { treatment: 'READ_FROM', source: 'Revenue' }, 'Name another'],
    [
      'a source there is not',
      { treatment: 'READ_FROM', source: 'worth_c' },
      'list of fields has no',
    ],
    [
      'a source that vanished',
      { treatment: 'READ_FROM', source: 'Old_c' },
      'list of fields has no',
    ],
  ])('with %s is refused in words and keeps what was typed', async (_what, changes, words) => {
    await putInQuarantine([{ remoteId: '1' }]);
    await db.crmAttribute.createMany({
      data: [
        { name: 'Worth_c', type: 'number', queryable: true },
        { name: 'Old_c', type: 'number', queryable: true, vanishedAt: new Date() },
      ],
    });
    const { status, text } = await ask(groupPath, { ...rule, ...changes });
    expect(status).toBe(400);
    expect(text).toContain(words);
    if (changes.reason === undefined) expect(text).toContain(reason);
    if (changes.source) expect(text).toContain(`value="${changes.source}"`);
    expect(await inForce()).toEqual([]);
  });

  it('reads from an attribute the CRM describes, or from any before it has', async () => {
    const from = { ...rule, treatment: 'READ_FROM', source: ' Worth_c ' };
    expect((await ask(groupPath, from)).status).toBe(302);
    expect(await inForce()).toMatchObject([{ treatment: 'READ_FROM', source: 'Worth_c' }]);
  });

  it('that read from another field is withdrawn with a word about the column it wrote', async () => {
    const from = { ...rule, treatment: 'READ_FROM', source: 'Worth_c' };
    for (const [made, words] of [
      [from, 'Run a full sync to write the column anew.'],
      [rule, 'stay as they are until'],
    ] as const) {
      expect((await ask(groupPath, made)).status).toBe(302);
      const id = `${(await inForce())[0]!.id}`;
      const { toast } = await ask('/sync/quarantine', { intent: 'withdraw-rule', rule: id });
      const { text } = await ask('/sync/quarantine', undefined, toast);
      expect(text).toContain(words);
      expect(/href="\/sync">Go to the sync</.test(text)).toBe(made === from);
    }
  });

  it.each([
    'cause=no-id&field=OptyId',
    'cause=bad-id&field=OptyId',
    'cause=not-an-object',
    'cause=too-deep',
    'cause=refused-by-database&field=name',
    'cause=nul-character&field=A+name',
    'cause=broken-text&field=OptyId',
  ])('is not to be had for %s, and the page says why', async (query) => {
    const path = `/sync/quarantine/group?${query}`;
    expect((await ask(path, rule)).status).toBe(400);
    expect(await inForce()).toEqual([]);
  });

  it.each(['x', '0', '', '9'.repeat(30)])('named %s cannot be withdrawn', async (id) => {
    const { status } = await ask('/sync/quarantine', { intent: 'withdraw-rule', rule: id });
    expect([400, 409]).toContain(status);
  });
});
