import { expect, signInByHand, test } from './test.ts';

test('after signing out the back button shows nothing of anybody', async ({ page }) => {
  await signInByHand(page, 'sales');
  await expect(page.locator('body')).toContainText('Sam Sales');
  await page.goto('/opportunities');
  await page.goto('/notifications');
  await page.goto('/logout');
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign out/i })
    .click();
  await expect(page).toHaveURL(/\/login/);
  for (let times = 0; times < 4; times++) {
    await page.goBack().catch(() => undefined);
    await page.waitForLoadState();
    await expect(page.locator('body')).not.toContainText('Sam Sales');
    await expect(page.locator('body')).not.toContainText('sales@example.test');
  }
  await page.goto('/opportunities');
  await expect(page).toHaveURL(/\/login\?/);
});
