import { firstPassword, makeAccount, signInWith } from './account.ts';
import { expect, signInByHand, test } from './test.ts';

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    test('somebody signs another device out, then everything', async ({ page, browser, facts }) => {
      test.setTimeout(90_000);
      // Somebody of their own: the sample people's sessions are the other tests'.
      const email = await makeAccount(facts);
      await signInWith(page, email, firstPassword);
      await expect(page).toHaveURL(/\/welcome$/);
      const phone = await browser.newContext({
        javaScriptEnabled: scripts,
        viewport: { width: 390, height: 800 },
        userAgent:
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1',
      });
      const other = await phone.newPage();
      await signInWith(other, email, firstPassword);
      await expect(other).toHaveURL(/\/welcome$/);
      await other.goto('/settings/sessions');
      await expect(other.getByText('This device')).toBeVisible();

      await page.goto('/settings');
      await page.getByRole('link', { name: 'Where you are signed in' }).last().click();
      await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
      await page
        .getByRole('button', { name: /^Sign out Safari on an iPhone/ })
        .first()
        .click();
      await expect(page.getByText('Safari on an iPhone is signed out.')).toBeVisible();
      await other.goto('/settings/sessions');
      await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await phone.close();

      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await page.goto('/settings/sessions');
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    });

    test('what was typed stays in the page until there is a session again', async ({ page }) => {
      await signInByHand(page, 'head');
      await page.goto('/notifications/settings');
      const save = page.getByRole('main').getByRole('button', { name: 'Save' });
      const saved = page.getByText('Your mail settings are saved');
      await save.click();
      await expect(saved).toBeVisible();
      await page.context().clearCookies();
      await save.click();
      const signedOut = page.getByRole('heading', { name: 'You are signed out' });
      await expect(signedOut).toBeVisible();
      await expect(saved, 'which is of the time before').toBeHidden();
      const kept = await page.locator('main input[type=hidden]').count();
      expect(kept).toBeGreaterThan(0);
      // Too early: nobody has signed in yet.
      await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.getByRole('button', { name: 'Send again' }).click(),
      ]);
      await page.waitForLoadState('networkidle');
      await expect(signedOut).toBeVisible();
      await expect(page.locator('main input[type=hidden]')).toHaveCount(kept);
    });

    test('the back button shows nothing after signing out', async ({ page }) => {
      await signInByHand(page, 'head');
      await expect(page.getByRole('heading', { name: 'Worklist' })).toBeVisible();
      await page.goto('/opportunities');
      await expect(page.getByRole('table')).toBeVisible();
      await page.goto('/logout');
      await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await page.waitForURL(/\/login/);
      for (let steps = 0; steps < 4; steps++) {
        await page.goBack({ timeout: 5000 }).catch(() => null);
        await expect(page.getByRole('table')).toHaveCount(0);
        await expect(page.getByRole('heading', { name: 'Worklist' })).toHaveCount(0);
        await expect(page.getByText('head@example.test')).toHaveCount(0);
      }
    });
  });
}
