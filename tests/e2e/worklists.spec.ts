import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './test.ts';

test('a practice head sees what has no architect, and who has room for it', async ({ as }) => {
  const page = await as('head');
  await page.goto('/');
  const card = page.getByRole('region', { name: /^Without an architect/ });
  // Where some are past their close date, a line without a form counts them.
  const rows = card.getByRole('listitem').filter({ has: page.locator('summary') });
  await expect(rows).toHaveCount(5);
  await card.locator('summary').filter({ hasText: 'Assign' }).first().click();
  await expect(card.getByLabel('Solution architect').locator('visible=true')).toHaveCount(1);
  await expect(page.getByRole('region', { name: /^Who has room/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id }) => id)).toEqual([]);

  const all = card.getByRole('link', { name: /all/ });
  const total = (await all.innerText()).replace(/\D/g, '');
  await all.click();
  await expect(page.getByText(new RegExp(`^${total} opportunit`))).toBeVisible();
});

test('the pipeline counts as many as the list it leads to', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/');
  const open = page
    .getByRole('region', { name: 'Open pipeline' })
    .getByRole('link', { name: /open$/ });
  const total = (await open.innerText()).replace(/\D/g, '');
  await open.click();
  await expect(page.getByText(`${total} opportunities`)).toBeVisible();
});

for (const [role, words] of [
  ['architect', 'Yours to fill in'],
  ['sales', 'Yours, undecided'],
] as const) {
  test(`${role} finds their own questions answered`, async ({ as }) => {
    const page = await as(role);
    await page.goto('/');
    await expect(page.getByRole('main')).toContainText(words);
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test('a manager keeps the holidays on a phone', async ({ as }) => {
    const page = await as('manager');
    await page.goto('/');
    await page.locator('summary').filter({ hasText: 'Admin' }).click();
    await page.getByRole('link', { name: 'Calendar' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2027-05-01');
    await page.getByLabel('Name', { exact: true }).fill('Labour Day');
    await page.getByRole('button', { name: 'Add holiday' }).click();
    await expect(page.locator('tbody').getByText('Labour Day')).toBeVisible();
    await page.getByRole('button', { name: /^Remove Labour Day/ }).click();
    await expect(page.getByText('No holidays yet')).toBeVisible();
  });
});
