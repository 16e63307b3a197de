import type { Page } from '@playwright/test';
import {
  firstPassword,
  mailedCode,
  makeAccount,
  newEmail,
  secondPassword,
  signInWith,
} from './account.ts';
import { expect, test } from './test.ts';

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    test('an account is made, and its address verified by the mailed code', async ({
      page,
      facts,
    }) => {
      const email = newEmail();
      await page.goto('/login');
      await page.getByRole('link', { name: 'Create an account' }).click();
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('First name').fill('Noor');
      await page.getByLabel('Last name').fill('Neumann');
      await page.getByLabel('Password').fill('short');
      await page.getByRole('button', { name: 'Create account', exact: true }).click();
      await expect(page.getByText('Use at least 10 characters.')).toBeVisible();
      await expect(page.getByLabel('First name')).toHaveValue('Noor');
      await page.getByLabel('Password').fill(firstPassword);
      await page.getByRole('button', { name: 'Create account', exact: true }).click();
      await expect(page).toHaveURL(/\/welcome$/);
      await expect(page.getByText('Your e-mail address is not verified yet.')).toBeVisible();

      await page.getByRole('link', { name: 'Verify it' }).click();
      await verify(page, email, () => mailedCode(facts, email, 'verification'));
      await page.getByRole('link', { name: 'Go on to BQS' }).click();
      await expect(page).toHaveURL(/\/welcome$/);
      await expect(page.getByText('Your e-mail address is not verified yet.')).toHaveCount(0);
    });

    test('an address is taken only once, and the form says so', async ({ page, facts }) => {
      const email = await makeAccount(facts);
      await page.goto('/registration');
      await page.getByLabel('E-mail address').fill(email.toUpperCase());
      await page.getByLabel('Password').fill(secondPassword);
      await page.getByRole('button', { name: 'Create account', exact: true }).click();
      await expect(page.getByText('There is an account with this e-mail address')).toBeVisible();
    });

    test('whoever forgot the password gets back in by a code, and others are out', async ({
      page,
      browser,
      facts,
    }) => {
      const email = await makeAccount(facts);
      const elsewhere = await browser.newContext({ baseURL: facts.url });
      const other = await elsewhere.newPage();
      await signInWith(other, email, firstPassword);
      await expect(other).toHaveURL(/\/welcome$/);

      await page.goto('/login');
      await page.getByRole('link', { name: 'Recover access' }).click();
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByText('If an account has this address')).toBeVisible();
      const code = await mailedCode(facts, email, 'recovery');
      await page.getByLabel('Code from the e-mail').fill(otherCode(code));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByText('This code is not the one that was sent')).toBeVisible();
      await page.getByLabel('Code from the e-mail').fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByText('Choose a new password now.')).toBeVisible();
      await page.getByRole('textbox', { name: 'Password' }).fill(secondPassword);
      await pressSave(page, 'Password');
      await expect(page).toHaveURL(/\/welcome$/);
      await expect(page.getByText('Your account is saved.')).toBeVisible();

      await other.goto('/welcome');
      await expect(other).toHaveURL(/\/login/);
      await signInWith(other, email, firstPassword);
      await expect(other.getByText('do not belong together')).toBeVisible();
      await signInWith(other, email, secondPassword);
      await expect(other).toHaveURL(/\/welcome$/);
      await elsewhere.close();
    });

    test('name, password and address are changed in the settings', async ({
      page,
      browser,
      facts,
    }) => {
      const email = await makeAccount(facts);
      await signInWith(page, email, firstPassword);
      await expect(page).toHaveURL(/\/welcome$/);
      const elsewhere = await browser.newContext({ baseURL: facts.url });
      const other = await elsewhere.newPage();
      await signInWith(other, email, firstPassword);
      await expect(other).toHaveURL(/\/welcome$/);

      await page.goto('/settings');
      await page.getByLabel('First name').fill('Robin');
      await save(page, 'Name and e-mail address');
      await expect(page.getByText('Robin Person').first()).toBeAttached();

      await page.getByRole('textbox', { name: 'Password' }).fill(secondPassword);
      await save(page, 'Password');
      await other.goto('/welcome');
      await expect(other).toHaveURL(/\/login/);
      await elsewhere.close();

      const moved = newEmail();
      await page.getByRole('textbox', { name: 'E-mail address' }).fill(moved);
      await save(page, 'Name and e-mail address');
      await page.goto('/welcome');
      await page.getByRole('link', { name: 'Verify it' }).click();
      await verify(page, moved, () => mailedCode(facts, moved, 'verification'));

      await page.goto('/welcome');
      await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
      await expect(page).toHaveURL(/\/login/);
      await signInWith(page, email, secondPassword);
      await expect(page.getByText('do not belong together')).toBeVisible();
      await signInWith(page, moved, secondPassword);
      await expect(page).toHaveURL(/\/welcome$/);
    });
  });
}

/** Asks for a code, mistypes it, and enters it. */
async function verify(page: Page, email: string, mailed: () => Promise<string>): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('If an account has this address')).toBeVisible();
  const code = await mailed();
  await page.getByLabel('Code from the e-mail').fill(otherCode(code));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('This code is not the one that was sent')).toBeVisible();
  await page.getByLabel('Code from the e-mail').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('The address is verified.')).toBeVisible();
}

const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

const pressSave = (page: Page, title: string) =>
  page
    .getByRole('region', { name: title, exact: true })
    .getByRole('button', { name: /^Save / })
    .click();

async function save(page: Page, title: string): Promise<void> {
  await pressSave(page, title);
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
}
