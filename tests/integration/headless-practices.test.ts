import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { listHeadlessPractices } from '#app/models/headless-practice.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';

let app: Application;
const cookies: Record<string, string> = {};
let unheaded = { id: '0', remoteNumber: '' as string | null };

beforeAll(async () => {
  app = await startApplication();
  for (const who of ['manager', 'sales']) {
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  }
  const seller = { salesOwnerEmail: 'sales@example.test' };
  unheaded = await createOpportunity(db, { practice: 'Cybersecurity', ...seller });
  await createOpportunity(db, { practice: 'Cybersecurity', workflowStatus: 'SUBMITTED' });
  await createOpportunity(db, { practice: 'Cybersecurity', workflowStatus: 'GO' });
  await createOpportunity(db, { practice: 'Cybersecurity', goneSince: new Date() });
  await createOpportunity(db, { practice: 'Mainframe & more', ...seller });
  await createOpportunity(db, { practice: null });
});
afterAll(() => app.stop());

async function look(who: string, path: string): Promise<string> {
  const response = await fetch(app.url + path, { headers: { Cookie: cookies[who] ?? '' } });
  expect(response.status).toBe(200);
  return (await response.text()).replace(/<script[\s\S]*?<\/script>/g, '');
}

describe('practices that nobody heads', () => {
  it('are those of undecided opportunities, the largest first, whether or not BQS has them', async () => {
    // An architect is no head, and neither is who has left.
    await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: ['Cybersecurity'] });
    const left = await createUser(db, { roles: ['PRACTICE_HEAD'], practices: ['Cybersecurity'] });
    await db.user.update({ where: { id: left.id }, data: { deactivatedAt: new Date() } });
    expect(await listHeadlessPractices(db, 20)).toEqual({
      total: 2,
      opportunities: 3,
      rows: [
        { name: 'Cybersecurity', opportunities: 2, known: true },
        { name: 'Mainframe & more', opportunities: 1, known: false },
      ],
    });
    expect(await listHeadlessPractices(db, 1)).toMatchObject({ total: 2, opportunities: 3 });
  });

  it('stand first on a manager’s worklist, with the ways to mend them', async () => {
    const page = await look('manager', '/');
    expect(page.indexOf('Practices without a head')).toBeLessThan(page.indexOf('Waiting for your'));
    expect(page).toContain('practice=Cybersecurity"');
    expect(page).toContain('href="/people?practice=Mainframe+%26+more#practices"');
    const people = await look('manager', '/people?practice=Mainframe+%26+more');
    expect(people).toMatch(/<form[^>]*id="practices"[\s\S]*?value="Mainframe &amp; more"/);
    expect(await look('manager', '/people?practice=Cybersecurity')).not.toContain(
      'value="Cybersecurity"',
    );
  });

  it('are named on the page of an opportunity', async () => {
    const path = `/opportunities/${unheaded.remoteNumber}`;
    const words = 'There is no practice head for <bdi>Cybersecurity</bdi>';
    const manager = await look('manager', path);
    expect(manager).toContain(words);
    expect(manager).toContain('name one on People');
    const sales = await look('sales', path);
    expect(sales).toContain(words);
    expect(sales).toContain('a manager can name one');
  });

  it('are none once somebody is invited to head them, before they come', async () => {
    const head = { roles: ['PRACTICE_HEAD'], practices: ['Cybersecurity'] } as const;
    const { id } = await createUser(db, head);
    await db.user.update({ where: { id }, data: { invitedAt: new Date(), lastSeenAt: null } });
    const { rows } = await listHeadlessPractices(db, 20);
    expect(rows.map(({ name }) => name)).toEqual(['Mainframe & more']);
    expect(await look('sales', `/opportunities/${unheaded.remoteNumber}`)).not.toContain(
      'no practice head',
    );
  });
});
