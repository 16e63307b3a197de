import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expect, signInByHand, test } from './test.ts';

const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

const card = (page: Page, title: string) =>
  page
    .getByRole('region', { name: title })
    .or(page.locator('section', { hasText: title }))
    .first();

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    test('an authenticator app and backup codes guard an account', async ({ page, browser }) => {
      test.setTimeout(90_000);
      await signInByHand(page, 'newcomer');
      await page.goto('/settings');
      await expect(page.getByRole('heading', { name: 'Authenticator app' })).toBeVisible();
      const secret = await card(page, 'Authenticator app').locator('code').innerText();
      const code = page.getByLabel('Code from the authenticator app');
      await code.fill('000000');
      await card(page, 'Authenticator app').getByRole('button', { name: 'Turn on' }).click();
      await expect(page.getByText('This code is not the one the app shows now.')).toBeVisible();
      await code.fill(codeOf(secret));
      await card(page, 'Authenticator app').getByRole('button', { name: 'Turn on' }).click();
      await expect(
        page.getByRole('button', { name: 'Remove the authenticator app' }),
      ).toBeVisible();
      await page.getByRole('button', { name: 'Make new backup codes' }).click();
      const codes = card(page, 'Backup codes').locator('ol li');
      await expect(codes).toHaveCount(12);
      const backup = await codes.first().innerText();
      await page.getByRole('button', { name: 'I have kept the codes' }).click();
      await expect(page.getByRole('button', { name: 'Show the backup codes' })).toBeVisible();

      const context = await browser.newContext({ javaScriptEnabled: scripts });
      const second = await context.newPage();
      await signInByHand(second, 'newcomer');
      await expect(second.getByRole('heading', { name: 'Second factor' })).toBeVisible();
      await second.goto('/welcome');
      await expect(second.getByRole('heading', { name: 'Second factor' })).toBeVisible();
      await second.getByLabel('Backup code').fill('wrong');
      await second.getByRole('button', { name: 'Use a backup code' }).click();
      await expect(second.getByText('This is none of your backup codes.')).toBeVisible();
      await second.getByLabel('Backup code').fill(backup);
      await second.getByRole('button', { name: 'Use a backup code' }).click();
      await expect(second).toHaveURL(/welcome/);
      await context.close();

      await page.goto('/settings');
      await page.getByRole('button', { name: 'Remove the backup codes' }).click();
      await page.getByRole('button', { name: 'Remove the authenticator app' }).click();
      await expect(page.getByLabel('Code from the authenticator app')).toBeVisible();
    });
  });
}
