import type { SampleRole } from './facts.ts';
import { expect, signInByHand, test, totalOf } from './test.ts';

const navigation: [SampleRole, string[]][] = [
  [
    'manager',
    [
      ...['Worklist', 'Opportunities', 'Decisions', 'Sync', 'Admin'],
      ...['Scorecards', 'People', 'Calendar', 'Audit'],
    ],
  ],
  ['head', ['Worklist', 'Opportunities', 'Reviews', 'Sync']],
  ['architect', ['Worklist', 'Opportunities']],
  ['sales', ['Worklist', 'Opportunities']],
];

for (const [role, places] of navigation) {
  test(`${role} is led to ${places.join(', ')} and nowhere else`, async ({ as }) => {
    const page = await as(role);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible();
    const named = page.getByRole('navigation', { name: 'Main' }).locator('a, summary');
    await expect(named).toHaveText(places);
    for (const place of places.filter((each) => each !== 'Admin')) {
      const link = named.filter({ hasText: place });
      if (!(await link.isVisible())) await named.filter({ hasText: 'Admin' }).click();
      await link.click();
      await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    }
  });
}

test('each role sees its own part of the opportunities', async ({ as, context }) => {
  const totals: Partial<Record<SampleRole, number>> = {};
  for (const [role] of navigation) {
    await context.clearCookies();
    const page = await as(role);
    await page.goto('/opportunities');
    totals[role] = await totalOf(page);
  }
  const { manager = 0, head = 0, architect = 0, sales = 0 } = totals;
  for (const part of [head, architect, sales]) {
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(manager);
  }
});

test('who lacks a role is told which one it takes and who can grant it', async ({ as }) => {
  const page = await as('architect');
  expect((await page.goto('/people'))?.status()).toBe(403);
  await expect(page.getByRole('main')).toContainText('It needs the role Manager.');
  await expect(page.getByRole('main')).toContainText('Maya Manager can grant it.');
});

test('a practice head follows the sync but can neither run it nor read records', async ({ as }) => {
  const page = await as('head');
  await page.goto('/sync');
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sync / })).toHaveCount(0);
  // Why records are in quarantine is no secret; what they say is for whoever may manage them.
  await expect(page.getByText('Impossible date')).toBeVisible();
  await page.goto('/sync/quarantine');
  await expect(page.getByText('BAD-1')).toHaveCount(0);
  expect((await page.goto('/sync/quarantine/group?cause=impossible-date'))?.status()).toBe(403);
  await page.goto('/sync/runs/2');
  await expect(page.getByText('BAD-1')).toHaveCount(0);
});

test('a newcomer is told who can grant a role, and signs out', async ({ page, facts, context }) => {
  // By hand: signing out must not end the session that other tests share.
  await signInByHand(page, 'newcomer');
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByRole('main')).toContainText('Maya Manager');
  await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  expect((await context.cookies(facts.url)).map(({ name }) => name)).not.toContain(
    'ory_kratos_session',
  );
});
