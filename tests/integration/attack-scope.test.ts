import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import { acting, createCast, submittedId, submittedOpportunity } from './qualification-setup.ts';
import { recommend } from '#app/services/recommend.server.ts';

let app: Application;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};
beforeAll(async () => {
  app = await startApplication();
  for (const person of ['manager', 'head', 'architect', 'sales']) {
    const email = `${person}@example.test`;
    cookies[person] = (await app.signIn(email)).cookie;
    ids[person] = (await db.user.findFirstOrThrow({ where: { email } })).id;
  }
});
afterAll(() => app.stop());

function post(person: string, path: string, fields: Record<string, string> | string) {
  const json = typeof fields === 'string';
  return fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    body: json ? fields : new URLSearchParams(fields),
    headers: {
      Cookie: cookies[person] ?? '',
      Origin: app.url,
      ...(json && { 'Content-Type': 'application/json' }),
    },
  });
}

async function stateOf(id: string): Promise<string> {
  return (await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(id) } })).workflowStatus;
}

describe('more than a form asks for', () => {
  it('is passed over: whose act it is, and what becomes of it, is not in the body', async () => {
    const { id, remoteNumber } = await createOpportunity(db, {
      practice: 'Cloud & Infrastructure',
    });
    const more = {
      workflow_status: 'GO',
      workflowStatus: 'GO',
      actorId: ids.manager ?? '',
      role: 'MANAGER',
      userId: ids.head ?? '',
      management_decision: 'GO',
      deal_value: '1',
      'opportunity.id': '1',
    };
    const assign = { intent: 'assign', revision: '0', assessorId: ids.architect ?? '', ...more };
    expect((await post('head', `/opportunities/${remoteNumber}`, assign)).status).toBe(302);
    expect(await stateOf(id)).toBe('ASSIGNED');
    const event = await db.auditEvent.findFirstOrThrow({
      where: { subjectId: id, kind: 'opportunity.assigned' },
    });
    expect(event.actorId).toBe(ids.head);
    const row = await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(id) } });
    expect(String(row.dealValue)).toBe('1250000.5');
    expect(await db.userRole.count({ where: { userId: ids.head } })).toBe(1);
  });

  it('is refused in the API, and nobody grants themselves a role', async () => {
    const { id } = await createUser(db);
    for (const body of [
      { role: 'SALES', action: 'grant', grantedBy: ids.head },
      { role: 'SALES', userId: ids.sales },
      [{ role: 'SALES' }],
    ]) {
      const answer = await post('manager', `/api/users/${id}/role`, JSON.stringify(body));
      expect(answer.status).toBe(400);
    }
    const own = await post('sales', `/api/users/${ids.sales}/role`, '{"role":"MANAGER"}');
    expect(own.status).toBe(403);
    const form = { intent: 'grant-role', userId: ids.sales ?? '', role: 'MANAGER' };
    expect((await post('sales', '/people', form)).status).toBe(403);
    expect(await db.userRole.count({ where: { userId: { in: [id, ids.sales ?? ''] } } })).toBe(1);
  });
});

describe('ids of somebody else’s', () => {
  it('in the form of an opportunity of one’s own are refused', async () => {
    const cast = await createCast();
    const [mine, theirs] = [await submittedOpportunity(cast), await submittedOpportunity(cast)];
    await db.opportunity.update({
      where: { id: BigInt(mine) },
      data: { practice: 'Cloud & Infrastructure' },
    });
    const { remoteNumber, qualificationRevision } = await db.opportunity.findUniqueOrThrow({
      where: { id: BigInt(mine) },
    });
    const fields = {
      intent: 'recommend',
      revision: String(qualificationRevision),
      verdict: 'GO',
      assessmentId: await submittedId(theirs),
      rationale: 'Worth the effort.',
    };
    const answer = await post('head', `/opportunities/${remoteNumber}`, fields);
    expect(answer.status).toBe(409);
    expect(await stateOf(mine)).toBe('SUBMITTED');
    expect(await stateOf(theirs)).toBe('SUBMITTED');
    expect(
      await recommend(await acting(cast.head, mine), {
        assessmentId: await submittedId(theirs),
        verdict: 'GO',
        rationale: 'Worth it.',
      }),
    ).toMatchObject({ ok: false });
  });

  it('of a notification, a condition or a draft open nothing', async () => {
    const { id: other } = await createUser(db, { roles: ['SALES'] });
    const { remoteNumber, id } = await createOpportunity(db, { practice: 'Sealed Works' });
    const note = await db.notification.create({
      data: {
        userId: other,
        topic: 'mentioned',
        title: 'Sealed',
        path: `/opportunities/${remoteNumber}`,
        opportunityId: BigInt(id),
      },
    });
    const headers = { Cookie: cookies.sales ?? '' };
    const answer = await fetch(`${app.url}/notifications/${note.id}`, {
      redirect: 'manual',
      headers,
    });
    expect(answer.status).toBe(404);
    const condition = { intent: 'meet-condition', conditionId: '1', note: 'It is met, I say.' };
    expect((await post('sales', `/opportunities/${remoteNumber}`, condition)).status).toBe(404);
    const draft = { intent: 'save', draftId: '1', revision: '0' };
    expect(
      (await post('architect', `/opportunities/${remoteNumber}/assess/draft`, draft)).status,
    ).toBe(404);
  });
});

describe('a formula in a file for a spreadsheet', () => {
  const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '=HYPERLINK("http://evil.test")'];

  it('is text in the export of the audit', async () => {
    for (const name of formulas)
      await post('manager', '/people', { intent: 'add-practice', name: `${name} x` });
    const headers = { Cookie: cookies.manager ?? '' };
    const csv = await (await fetch(`${app.url}/audit/export`, { headers })).text();
    expect(csv).toContain(`'=1+1 x`);
    expect(csv.match(/(^|,|\n)"?[=+@\t-](?!\d{1,3}(,|\r|$))/g)).toBeNull();
  });

  it('is text too for a spreadsheet that separates by something else', async () => {
    const names = ['x;=HYPERLINK(1);y', 'x;"=1+1', 'x; @SUM(1)', 'plain; text'];
    for (const name of names) await post('manager', '/people', { intent: 'add-practice', name });
    const headers = { Cookie: cookies.manager ?? '' };
    const csv = await (await fetch(`${app.url}/audit/export`, { headers })).text();
    expect(csv).toContain(`,"x;'=HYPERLINK(1);y",`);
    expect(csv).toContain(`,"plain; text",`);
    for (const cell of csv.split(/[;\t]/).slice(1)) {
      expect(cell).not.toMatch(/^["\s]*[=+@-]/);
    }
    // What holds no separator stays as it is.
    expect(csv).toMatch(/\r\n\d+,\d{4}-\d\d-\d\d[^",]*,/);
  });
});
