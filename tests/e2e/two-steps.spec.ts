import { startApplication, type Application } from '#tests/setup/application.ts';
import { realIdentityAppUrl } from '#tests/setup/identity.ts';
import { expect, test } from './test.ts';

// A real Kratos has the styles it was configured with, and another application at its address.
test.skip(realIdentityAppUrl !== undefined, 'the local identity server is told its styles here');
test.describe.configure({ mode: 'serial' });

let application: Application;
test.beforeAll(async () => {
  application = await startApplication({
    identity: { loginStyle: 'identifier_first', registrationStyle: 'profile_first' },
  });
});
test.afterAll(() => application?.stop());

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';
  test.describe(how, () => {
    test.use({ javaScriptEnabled });

    test(`${how}: sign in in two steps, after a slip in the address`, async ({ page }) => {
      await page.goto(`${application.url}/opportunities`);
      await page.getByLabel('E-mail address').fill('slip@example.test');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByLabel('E-mail address')).toHaveValue('slip@example.test');
      await page.getByRole('link', { name: 'Use another one' }).click();
      await page.getByLabel('E-mail address').fill('manager@example.test');
      await page.keyboard.press('Enter');
      await page.getByLabel('Password').fill('not-the-password');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toContainText('do not belong together');
      await page.getByLabel('Password').fill('bqs-demo-password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL(`${application.url}/opportunities`);
    });

    test(`${how}: register in two steps, there and back`, async ({ page }) => {
      await page.goto(`${application.url}/registration`);
      const email = page.getByLabel('E-mail address');
      await email.fill(`nora-${javaScriptEnabled}@example.test`);
      await page.getByLabel('First name').fill('Nora');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(email).not.toBeEditable();
      await page.getByRole('button', { name: 'Back' }).click();
      await expect(email).toBeEditable();
      await expect(page.getByLabel('First name')).toHaveValue('Nora');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel('Password').fill('a-long-enough-phrase-7');
      await page.getByRole('button', { name: 'Create account' }).click();
      await expect(page).toHaveURL(`${application.url}/welcome`);
    });
  });
}
