import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { countDecisions } from '#app/models/decision-list.server.ts';
import { readOutcomes } from '#app/models/worklist-outcomes.server.ts';
import { holdOpportunity } from '#app/services/hold-opportunity.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { acting, createCast, submittedId, submittedOpportunity } from './qualification-setup.ts';

const practice = 'Cloud & Infrastructure';
const numbered = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${what} ${String(index + 1).padStart(2, '0')}`);
const reviews = numbered('Review', 25);
const waiting = numbered('Waiting', 25);
const conditions = numbered('Condition', 45);
const holds = numbered('Held', 25);

let app: Application;
const cookies: Record<string, string> = {};
let conditional = { id: '0', decisionId: 0n };

beforeAll(async () => {
  app = await startApplication();
  for (const who of ['manager', 'head']) {
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  }
  const submitted = await submittedOpportunity(await createCast());
  const { id: _id, ...sheet } = await db.assessment.findUniqueOrThrow({
    where: { id: BigInt(await submittedId(submitted)) },
  });
  await db.opportunity.update({
    where: { id: BigInt(submitted) },
    data: { goneSince: new Date() },
  });
  const clone = async (
    name: string,
    index: number,
    workflowStatus: 'SUBMITTED' | 'RECOMMENDED',
  ) => {
    // Fifteen at a time wait since the same instant, so that a page ends among equals.
    const workflowSince = new Date(Date.UTC(2026, 10, 2 + Math.floor(index / 15), 9));
    const draft = { name, practice, workflowStatus, workflowSince };
    const { id } = await createOpportunity(db, draft);
    await db.assessment.create({ data: { ...sheet, opportunityId: BigInt(id) } });
  };
  for (const [index, name] of reviews.entries()) await clone(name, index, 'SUBMITTED');
  for (const [index, name] of waiting.entries()) await clone(name, index, 'RECOMMENDED');
  for (const [index, name] of holds.entries()) {
    const holdUntil = index < 24 ? new Date(Date.UTC(2027, 1, 1 + Math.floor(index / 15))) : null;
    await createOpportunity(db, {
      name,
      holdUntil,
      workflowStatus: 'ON_HOLD',
      statusBeforeHold: 'NEW',
      holdReason: 'The budget is not approved.',
    });
  }
  conditional = await decided('CONDITIONAL_GO');
  await db.decisionCondition.createMany({
    data: conditions.map((condition, index) => ({
      decisionId: conditional.decisionId,
      position: index + 1,
      condition,
      due: new Date(Date.UTC(2027, 0, 1 + Math.floor(index / 15))),
    })),
  });
});
afterAll(() => app.stop());

async function decided(verdict: 'CONDITIONAL_GO' | 'NO_GO') {
  const { id } = await createOpportunity(db, { workflowStatus: verdict, name: `A ${verdict}` });
  const decision = { opportunityId: BigInt(id), verdict, reason: 'So it is.' };
  const made = await db.decision.create({ data: { ...decision, decidedByName: 'Mona' } });
  return { id, decisionId: made.id };
}

async function look(who: string, path: string): Promise<string> {
  const response = await fetch(app.url + path, { headers: { Cookie: cookies[who] ?? '' } });
  expect(response.status).toBe(200);
  // What the page hands its script names every row once more.
  return (await response.text()).replace(/<script[\s\S]*?<\/script>/g, '');
}

const linkTo = (page: string, name: string) =>
  new RegExp(`href="([^"]*)"[^>]*>${name}</a>`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? null;

/** What each page of a list names, from the first by the link `next` to the last. */
async function walk(who: string, path: string, what: RegExp, next = 'Next page') {
  const pages: string[][] = [];
  let at: string | null = path;
  while (at !== null && pages.length < 9) {
    const page: string = await look(who, at);
    pages.push([...new Set(page.match(what) ?? [])]);
    at = linkTo(page, next);
  }
  return pages;
}

describe('every row can be reached', () => {
  it.each([
    ['head', '/reviews', /Review \d\d/g, reviews],
    ['manager', '/decisions', /Waiting \d\d/g, waiting],
    ['manager', '/decisions?show=holds', /Held \d\d/g, holds],
    ['manager', '/decisions?show=conditions', /Condition \d\d/g, conditions],
  ] as const)('by %s, on the pages of %s, in order and once', async (who, path, what, all) => {
    const pages = await walk(who, path, what);
    expect(pages.flat()).toEqual(all);
    expect(pages.slice(0, -1).every(({ length }) => length === 20)).toBe(true);
    expect(await look(who, path)).toMatch(new RegExp(`>${all.length}</`));
  });

  it('a row that is dealt with leads back to its page', async () => {
    const second = linkTo(await look('manager', '/decisions'), 'Next page') ?? '';
    const page = await look('manager', second);
    expect(page).toContain(`name="return_to" value="${second}"`);
    expect(linkTo(page, 'First page')).toBe('/decisions');
  });

  it('a condition that is met leads back to its page', async () => {
    const first = '/decisions?show=conditions';
    const second = linkTo(await look('manager', first), 'Next page') ?? '';
    const { id } = await db.decisionCondition.findFirstOrThrow({
      where: { condition: 'Condition 25' },
    });
    const form = { conditionId: String(id), opportunityId: conditional.id };
    const response = await fetch(app.url + second, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: cookies.manager ?? '', Origin: app.url },
      body: new URLSearchParams({ ...form, intent: 'meet-condition', note: 'It is met.' }),
    });
    expect([response.status, response.headers.get('Location')]).toEqual([302, second]);
    expect(await look('manager', second)).not.toContain('Condition 25');
  });

  it('a page of which nothing is left says so, and leads to the first', async () => {
    const page = await look('manager', '/decisions?show=conditions&after=2199-01-01.1');
    expect(page).toContain('Nothing is left on this page.');
    expect(linkTo(page, 'First page')).toBe('/decisions?show=conditions');
  });

  it.each([
    ['head', '/reviews?after=x'],
    ['manager', '/decisions?after=2027-01-01.1'],
    ['manager', '/decisions?show=holds&after=2027-02-30.1'],
    ['manager', '/decisions?show=conditions&after=2027-02-30.1'],
    ['manager', '/decisions?show=decided&before=x'],
  ])('refuses %s a page that is none: %s', async (who, path) => {
    const response = await fetch(app.url + path, { headers: { Cookie: cookies[who] ?? '' } });
    expect(response.status).toBe(400);
  });
});

describe('what was decided', () => {
  it('has an older page once there is more than one holds', async () => {
    const path = '/decisions?show=decided';
    for (let count = 1; count < 20; count++) await decided('NO_GO');
    expect(linkTo(await look('manager', path), 'Older')).toBeNull();
    await decided('NO_GO');
    const older = linkTo(await look('manager', path), 'Older') ?? '';
    const page = await look('manager', older);
    expect(page).toContain('A CONDITIONAL_GO');
    expect(page).not.toContain('A NO_GO');
    expect([linkTo(page, 'Older'), linkTo(page, 'Newest')]).toEqual([null, path]);
  });
});

describe('what is on hold', () => {
  it('says until when, why and by whom, and is resumed from its row', async () => {
    const cast = await createCast();
    const { id } = await createOpportunity(db, { name: 'Put on hold' });
    const input = { until: '2027-01-15', reason: 'The tender is delayed.' };
    await holdOpportunity(await acting(cast.manager, id), input);
    const path = '/decisions?show=holds';
    const page = await look('manager', path);
    expect(page.indexOf('Put on hold</')).toBeLessThan(page.indexOf('Held 01'));
    const row = page.slice(page.indexOf('Put on hold</'), page.indexOf('Held 01'));
    for (const words of ['15 Jan 2027', input.reason, cast.manager.name, 'value="resume"'])
      expect(row).toContain(words);
    expect(row).toContain(`name="return_to" value="${path}"`);
  });
});

describe('decisions that were reopened', () => {
  it('are counted apart from those that stand, here and on the worklist', async () => {
    const { id } = await decided('NO_GO');
    const before = await readOutcomes(db, '2026-11-25');
    const reopened = { workflowStatus: 'IN_ASSESSMENT' } as const;
    await db.opportunity.update({ where: { id: BigInt(id) }, data: reopened });
    const after = await readOutcomes(db, '2026-11-25');
    expect(after.noBids).toBe(before.noBids - 1);
    const total = await db.decision.count();
    const page = await look('manager', '/decisions?show=decided');
    const standing = after.bids + after.noBids;
    expect(total - standing).toBe(1);
    expect(page).toContain(`${total} decisions, 1 of them reopened since: ${standing} standing`);
    expect(page).toMatch(/reopened since<\/span>[\s\S]*?now <!-- -->in assessment/);
    expect(await look('manager', '/')).toContain(`GO of ${standing} standing decisions`);
    // Decided once more, it counts once: by the decision that came last.
    await db.opportunity.update({ where: { id: BigInt(id) }, data: { workflowStatus: 'GO' } });
    const again = { opportunityId: BigInt(id), verdict: 'GO', reason: 'It is.' } as const;
    await db.decision.create({ data: { ...again, decidedByName: 'Mona' } });
    expect(await countDecisions(db)).toEqual({ total: total + 1, reopened: 1 });
    const { bids, noBids } = await readOutcomes(db, '2026-11-25');
    expect(bids + noBids).toBe(total);
  });
});
