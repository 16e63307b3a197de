import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  stand,
  submittedId,
  submittedOpportunity,
} from './qualification-setup.ts';

let app: Application;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  app = await startApplication();
  for (const who of ['manager', 'head', 'architect', 'sales']) {
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  }
  const cast = await createCast();
  const named = (id: string, name: string) =>
    db.opportunity.update({ where: { id: BigInt(id) }, data: { name } });
  await named(await recommendedOpportunity(cast), 'Waits for a manager');
  await named(await submittedOpportunity(cast), 'Waits for another head');
  await createOpportunity(db, {
    practice: 'Cloud & Infrastructure',
    name: 'Has no architect',
    salesOwnerEmail: 'sales@example.test',
    dealValue: null,
  });
  const conditional = await recommendedOpportunity(cast);
  await named(conditional, 'Hangs on a condition');
  await decide(await acting(cast.manager, conditional), {
    assessmentId: await submittedId(conditional),
    verdict: 'CONDITIONAL_GO',
    reason: 'Only with a team.',
    conditions: [{ condition: 'A named team', due: '2099-01-31' }],
  });
  // Nobody can ask for what is late already; it becomes late.
  const { id: decisionId } = await db.decision.findFirstOrThrow();
  await db.decisionCondition.create({
    data: { decisionId, position: 2, condition: 'A signed contract', due: new Date('2026-01-31') },
  });
});
afterAll(() => app.stop());

async function look(who: string, path: string): Promise<string> {
  const response = await fetch(app.url + path, { headers: { Cookie: cookies[who] ?? '' } });
  expect(response.status).toBe(200);
  return response.text();
}

function post(who: string, path: string, form: Record<string, string>): Promise<Response> {
  return fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[who] ?? '', Origin: app.url },
    body: new URLSearchParams(form),
  });
}

describe('the worklist', () => {
  it('shows a manager what to decide, with the form that the opportunity’s page takes', async () => {
    const page = await look('manager', '/');
    expect(page).toContain('Waits for a manager');
    expect(page).not.toContain('Waits for another head');
    expect(page).toContain('name="intent" value="decide"');
    expect(page).toContain('name="return_to" value="/"');
    expect(page).toContain('One condition is');
    expect(page).toContain('needs 20 to show a rate');
  });

  it('shows a practice head their own practice alone', async () => {
    const page = await look('head', '/');
    expect(page).toContain('Has no architect');
    expect(page).not.toMatch(/Waits for (a manager|another head)/);
    expect(await look('head', '/reviews')).toContain('No submitted assessment of your practices');
  });

  it('says which opportunity a message is about, and leads there, once the row is gone', async () => {
    const { id, remoteNumber } = await createOpportunity(db, {
      practice: 'Cloud & Infrastructure',
      name: 'Given away',
    });
    const architect = await createUser(db, { roles: ['SOLUTION_ARCHITECT'] });
    const revision = String((await stand(id)).opportunity.revision);
    const form = { intent: 'assign', revision, assessorId: architect.id, return_to: '/' };
    const path = `/opportunities/${remoteNumber}`;
    const done = await post('manager', path, form);
    expect([done.status, done.headers.get('Location')]).toEqual([302, '/']);
    const [said = ''] = done.headers.getSetCookie();
    const headers = { Cookie: `${cookies.manager}; ${said.split(';')[0]}` };
    const page = await (await fetch(`${app.url}/`, { headers })).text();
    const toast = /role="status" class="no-print[\s\S]*?<\/button>/.exec(page)?.[0] ?? '';
    expect(toast).toContain(`${architect.name} is assigned.`);
    expect(toast).toContain('Given away');
    expect(toast).toContain(`href="${path}"`);
  });

  it('tells an architect without work so', async () => {
    expect(await look('architect', '/')).toContain('Nothing is assigned to you.');
  });

  it('starts an assessment from the row and opens its sheet, once', async () => {
    const architect = await db.user.findFirstOrThrow({
      where: { email: 'architect@example.test' },
    });
    const { id, remoteNumber } = await createOpportunity(db, {
      name: 'Wants an assessment',
      workflowStatus: 'ASSIGNED',
      assignedSa: architect.id,
    });
    const sheet = `/opportunities/${remoteNumber}/assess`;
    const page = await look('architect', '/');
    const [, form = ''] = new RegExp(`<form[^>]*action="${sheet}"[^>]*>(.*?)</form>`).exec(page)!;
    expect(form).toMatch(/aria-label="Start: Wants an assessment"/);
    const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    const started = () => {
      const where = { kind: 'opportunity.assessment_started', subjectId: id };
      return db.auditEvent.count({ where });
    };
    expect(await started()).toBe(0);
    for (const time of ['once', 'twice']) {
      const answer = await post('architect', sheet, Object.fromEntries(fields));
      expect([time, answer.status, answer.headers.get('Location')]).toEqual([time, 302, sheet]);
      expect(await started()).toBe(1);
    }
    expect(await look('architect', sheet)).toContain('Assessment, version 1');
    expect(await look('architect', '/')).toContain(`href="${sheet}"`);
  });

  it('shows a seller who holds their own, and what is missing', async () => {
    const page = await look('sales', '/');
    expect(page).toContain('Hugo Head');
    expect(page).toContain('assign an architect');
    expect(page).toContain('amount<!-- --> not set in CRM');
  });
});

describe('the page of decisions', () => {
  it('has a part for each list, and refuses a page that is none', async () => {
    expect(await look('manager', '/decisions')).toContain('Waits for a manager');
    expect(await look('manager', '/decisions?show=conditions')).toContain('A named team');
    expect(await look('manager', '/decisions?show=decided')).toContain('Hangs on a condition');
    const headers = { Cookie: cookies.manager ?? '' };
    const odd = await fetch(`${app.url}/decisions?show=decided&before=x`, { headers });
    expect(odd.status).toBe(400);
  });

  it('notes a condition as met once; what was typed is not lost before', async () => {
    const { id, decision } = await db.decisionCondition.findFirstOrThrow({
      select: { id: true, decision: { select: { opportunityId: true } } },
    });
    const opportunityId = String(decision.opportunityId);
    const form = { intent: 'meet-condition', opportunityId, conditionId: String(id) };
    const path = '/decisions?show=conditions';
    const short = await post('manager', path, { ...form, note: 'Yes' });
    expect(short.status).toBe(400);
    expect(await short.text()).toMatch(/value="Yes"[\s\S]*at least 5 characters/);
    const done = await post('manager', path, { ...form, note: 'The team is named.' });
    expect([done.status, done.headers.get('Location')]).toEqual([302, path]);
    expect((await post('manager', path, { ...form, note: 'Once more.' })).status).toBe(409);
    expect((await post('head', path, { ...form, note: 'Not mine.' })).status).toBe(403);
    const none = await post('manager', path, { ...form, conditionId: '9', note: 'Nothing.' });
    expect(none.status).toBe(404);
  });
});

describe('the calendar', () => {
  const path = '/admin/calendar';

  it('keeps holidays, and what was typed where it refuses one', async () => {
    const form = { intent: 'add-holiday', day: '2027-02-30', name: 'Carnival' };
    const wrong = await post('manager', path, form);
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('value="Carnival"');
    expect((await post('manager', path, { ...form, day: '2027-02-08' })).status).toBe(302);
    expect(await look('manager', path)).toContain('8 Feb 2027');
    expect((await post('manager', path, { ...form, day: '2027-02-08' })).status).toBe(409);
    const removal = { intent: 'remove-holiday', day: '2027-02-08' };
    expect((await post('head', path, removal)).status).toBe(403);
    expect((await post('manager', path, removal)).status).toBe(302);
    expect(await look('manager', path)).toContain('No holidays yet');
  });
});

describe('an opportunity without a practice', () => {
  it('is recommended by any head, whom its page then tells why they cannot decide on it', async () => {
    const [cast, email] = [await createCast(), 'head@example.test'];
    const head = await db.user.findFirstOrThrow({ where: { email } });
    const id = await submittedOpportunity(cast, completeSheet(), { practice: null });
    const { remoteNumber } = await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(id) } });
    const path = `/opportunities/${remoteNumber}`;
    expect(await look('head', '/reviews')).toContain(`action="${path}"`);
    expect(await look('head', path)).toContain('Put the recommendation on record');
    expect(await look('architect', '/')).not.toContain(`href="${path}"`);
    expect(await look('manager', path)).toMatch(/It is with <strong[^>]*>[^<]*Hugo Head/);
    const assessmentId = await submittedId(id);
    const said = { assessmentId, verdict: 'GO' as const, rationale: 'Worth the effort.' };
    expect(await recommend(await acting(head, id), said)).toMatchObject({ ok: true });
    const day = new Date((await readAt(db)).today);
    await db.standIn.create({
      data: {
        userId: cast.manager.id,
        standInId: head.id,
        role: 'MANAGER',
        createdByName: 'Mona',
        fromDay: day,
        toDay: day,
      },
    });
    const words = 'You recommended on this assessment, or somebody did for you.';
    expect(await look('head', '/decisions')).toContain(words);
    const page = await look('head', path);
    expect(page).toContain(words);
    expect(page).not.toContain('value="decide"');
  });
});

describe('a close date that is past', () => {
  it('stands under a line of its own, and is said on the list and the page', async () => {
    const dead = await createOpportunity(db, {
      practice: 'Cloud & Infrastructure',
      name: 'Long dead',
      closeDate: new Date('2026-01-31'),
    });
    const page = await look('head', '/');
    expect(page).toMatch(/Has no architect[\s\S]*Close date past<[\s\S]*Long dead/);
    expect(await look('head', `/opportunities/${dead.remoteNumber}`)).toMatch(
      /31 Jan 2026[\s\S]{0,200}close date <!-- -->\d+ days past/,
    );
    expect(await look('head', '/opportunities')).toMatch(/31 Jan 2026[\s\S]{0,200}\d+ days past/);
    await db.opportunity.update({
      where: { id: BigInt(dead.id) },
      data: { workflowStatus: 'CLOSED_IN_CRM', statusBeforeClose: 'NEW', crmStatus: 'WON' },
    });
    expect(await look('head', '/opportunities')).not.toMatch(/\d+ days past/);
  });
});
