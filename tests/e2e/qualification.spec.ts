import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import type * as Setup from '#tests/integration/qualification-setup.ts';
import type { Facts, SampleRole } from './facts.ts';
import { chooseArchitect } from './choose-architect.ts';
import { expect, forgiveCalledOff, signIn, test } from './test.ts';

/** What brings an opportunity to where a test begins: the services, on the application's database. */
async function workshop(facts: Facts) {
  process.env.DATABASE_URL = facts.databaseUrl;
  process.env.APP_URL = facts.url;
  process.env.ORY_PUBLIC_URL ??= 'http://127.0.0.1:9';
  process.env.ORY_ADMIN_URL ??= 'http://127.0.0.1:9';
  process.env.ORACLE_BASE_URL ??= 'http://127.0.0.1:9';
  process.env.ORACLE_USERNAME ??= 'nobody';
  process.env.ORACLE_PASSWORD ??= 'nothing';
  const { db } = await import('#app/lib/db.server.ts');
  const setup: typeof Setup = await import('#tests/integration/qualification-setup.ts');
  const { startAssessment } = await import('#app/services/start-assessment.server.ts');
  const { createOpportunity } = await import('#tests/factories/opportunity.ts');
  const { completeSheet } = await import('#tests/factories/sheet.ts');
  const { createUser } = await import('#tests/factories/user.ts');
  const person = async (role: SampleRole) => {
    const user = await db.user.findFirstOrThrow({ where: { email: `${role}@example.test` } });
    return { id: user.id, name: user.name ?? '', oryIdentityId: user.oryIdentityId };
  };
  return {
    /** An opportunity of the practice that the sample head leads. */
    async opportunity(name: string) {
      const practice = 'Cloud & Infrastructure';
      const { oryIdentityId, name: called } = await person('head');
      const email = 'head@example.test';
      await createUser(db, { oryIdentityId, email, name: called, practices: [practice] });
      const { id, remoteNumber } = await createOpportunity(db, { name, practice });
      return { id, path: `/opportunities/${remoteNumber}` };
    },
    /** Starts and submits the assessment, knocked out by the legal criterion. */
    async assess(id: string) {
      const architect = await person('architect');
      await startAssessment(await setup.acting(architect, id));
      await setup.submitOpen(architect, id, completeSheet(8, { LEGAL: 2 }));
    },
  };
}

async function become(context: BrowserContext, facts: Facts, role: SampleRole) {
  await context.clearCookies();
  await signIn(context, facts, role);
}

/** Unfolds a form, unless it is unfolded already for whoever's turn it is. */
async function open(page: Page, title: string): Promise<void> {
  const form = page.locator('details').filter({ has: page.getByText(title, { exact: true }) });
  if (!(await form.evaluate((details: HTMLDetailsElement) => details.open))) {
    await form.locator('summary').click();
  }
}

/** From assignment to a conditional GO against a knock-out, each by whom it is for. */
async function life(page: Page, facts: Facts, name: string): Promise<void> {
  const { opportunity, assess } = await workshop(facts);
  const { id, path } = await opportunity(name);

  await become(page.context(), facts, 'head');
  await page.goto(path);
  await open(page, 'Assign an architect');
  await chooseArchitect(page, 'Ada Architect');
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(page.getByText('Assigned to Ada Architect')).toBeVisible();
  await assess(id);

  await page.goto(path);
  await open(page, 'Recommend');
  await page.getByLabel('Conditional GO', { exact: true }).check();
  await page.getByLabel('Rationale').fill('Worth it, if the terms are mended.');
  await page.getByRole('button', { name: 'Put the recommendation on record' }).click();
  await expect(page.getByText('Recommendation on version 1')).toBeVisible();

  await become(page.context(), facts, 'manager');
  await page.goto(path);
  await open(page, 'Decide');
  await page.getByLabel('Conditional GO').check();
  await page.getByLabel('Condition 1', { exact: true }).fill('Liability is capped');
  await page.getByLabel('Due (condition 1)').fill('2027-05-31');
  await page.getByRole('button', { name: 'Put the decision on record' }).click();
  await expect(page.getByRole('alert').first()).toContainText('against the knock-out');
  await expect(page.getByLabel('Condition 1', { exact: true })).toHaveValue('Liability is capped');
  await page.getByLabel('Reason', { exact: true }).fill('The contract team can mend it.');
  await page.getByRole('button', { name: 'Put the decision on record' }).click();
  await expect(page.getByText('Decision on version 1')).toBeVisible();
  await expect(page.getByText('Override: against the knock-out')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Conditions' })).toContainText('due 31 May 2027');
  await expect(page.locator('#timeline')).toContainText(
    'Maya Manager decided Conditional GO on version 1, against the knock-out',
  );
}

test('assign, recommend and decide on the page', async ({ page, facts }) => {
  await life(page, facts, 'With scripts');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('assign, recommend and decide on the page', async ({ page, facts }) => {
    await life(page, facts, 'Without scripts');
  });

  test('a comment tells whom one ticks', async ({ as, facts }) => {
    const { path } = await (await workshop(facts)).opportunity('Told by a tick');
    const page = await as('head');
    await page.goto(path);
    await page.getByLabel('Comment', { exact: true }).fill('Please look.\nSoon.');
    await page.getByText('Tell somebody').click();
    await page.getByRole('checkbox', { name: /Maya Manager/ }).check();
    await page.getByRole('button', { name: 'Comment' }).click();
    await expect(page.locator('#timeline')).toContainText('Hugo Head wrote to Maya Manager');
  });
});

test('an @ suggests who may see it, by keyboard, and the comment tells them', async ({
  as,
  facts,
  complaints,
}) => {
  const { path } = await (await workshop(facts)).opportunity('Told by name');
  const page = await as('head');
  await page.goto(path);
  const box = page.getByLabel('Comment', { exact: true });
  const suggested = page.getByRole('listbox', { name: 'People to tell' });
  await box.pressSequentially('Ask @sal');
  await expect(suggested).toHaveCount(0);
  await box.fill('');
  await box.pressSequentially('Ask @ma');
  await expect(suggested.getByRole('option', { name: /Maya Manager/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await box.press('Enter');
  await expect(box).toHaveValue('Ask @Maya Manager ');
  await box.pressSequentially('about it');
  await page.getByRole('button', { name: 'Comment' }).dblclick();
  await expect(page.locator('#timeline')).toContainText('Hugo Head wrote to Maya Manager');
  await expect(page.getByText('Ask @Maya Manager about it')).toHaveCount(1);
  await expect(box).toHaveValue('');
  forgiveCalledOff(complaints);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a phone in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 844 }, hasTouch: true });

    test('the page fits with its forms open, and axe finds nothing serious', async ({
      page,
      facts,
    }) => {
      await life(page, facts, `On a phone, ${colorScheme}`);
      await open(page, 'Reopen');
      await page.getByText('It is met').click();
      await page.getByText('Tell somebody').click();
      const { content, room } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        room: document.documentElement.clientWidth,
      }));
      expect(content).toBeLessThanOrEqual(room);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''));
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  });
}
