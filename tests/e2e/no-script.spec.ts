import { expect, signInByHand, test, totalOf } from './test.ts';

test.use({ javaScriptEnabled: false });

test('without scripts: sign in, filter, page, open', async ({ page }) => {
  await signInByHand(page, 'manager');
  await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible();
  await page.getByRole('link', { name: 'Opportunities', exact: true }).click();
  const all = await totalOf(page);

  await page.getByText('CRM status', { exact: true }).first().click();
  await page.getByRole('checkbox', { name: /OPEN/ }).check();
  await page.getByRole('button', { name: 'Apply' }).locator('visible=true').click();
  await expect(page).toHaveURL(/crm_status=OPEN/);
  const open = await totalOf(page);
  expect(open).toBeGreaterThan(0);
  expect(open).toBeLessThan(all);

  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/crm_status=OPEN.*cursor=/);
  expect(await totalOf(page)).toBe(open);
  await page.locator('tbody').getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'In the CRM', exact: true })).toBeVisible();
});

test('without scripts: run a sync, reload to follow it, choose a theme', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/sync');
  await page.getByRole('button', { name: 'Sync what changed' }).click();
  await expect(page.getByText('Incremental sync started')).toBeVisible();
  await expect(async () => {
    await page.getByRole('link', { name: 'Reload' }).click();
    const latest = page.getByRole('table').locator('tbody tr').first();
    await expect(latest).toContainText('Incremental', { timeout: 500 });
    await expect(latest).toContainText('Complete', { timeout: 500 });
  }).toPass({ timeout: 20_000 });

  await page.getByText('Maya Manager').first().click();
  await page.getByRole('button', { name: 'Light' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page).toHaveURL(/\/sync$/);
});

test('without scripts: sign out', async ({ page }) => {
  await signInByHand(page, 'head');
  await page.getByText('Hugo Head').first().click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto('/opportunities');
  await expect(page).toHaveURL(/\/login/);
});
