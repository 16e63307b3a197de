import type { Page } from '@playwright/test';
import { firstPassword, makeAccount, newEmail, signInWith } from './account.ts';
import { expect, test } from './test.ts';
import type { Facts } from './facts.ts';

test.beforeEach(async ({ facts }) => {
  test.skip(
    !(await offersPasskeys(facts)),
    'This identity server offers no passkeys; a Kratos with them runs these (see the README).',
  );
});

/** Whether its sign-in form has a button for them. */
async function offersPasskeys({ identity }: Facts): Promise<boolean> {
  const answer = await fetch(`${identity.publicUrl}/self-service/login/browser`, {
    headers: { Accept: 'application/json' },
  });
  const { ui } = (await answer.json()) as { ui: { nodes: { group: string }[] } };
  return ui.nodes.some(({ group }) => group === 'passkey');
}

/**
 * Gives the browser an authenticator such as a phone has. Whatever it is asked while its owner is `present`
 * is agreed to at once, even the browser's own offer beside the sign-in form.
 */
async function addAuthenticator(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    count: async () =>
      (await client.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    present: (enabled: boolean) =>
      client.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
  };
}

const pressSignOut = (page: Page) =>
  page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();

/** Signs out of the page of welcome, and waits until the browser offers passkeys of its own accord. */
async function signOut(page: Page): Promise<void> {
  await page.goto('/welcome');
  await pressSignOut(page);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.waitForFunction(() => 'abortPasskeyConditionalUI' in window);
}

test('a passkey is added in the settings, signs in, and is removed', async ({ page, facts }) => {
  const email = await makeAccount(facts);
  await signInWith(page, email, firstPassword);
  await expect(page).toHaveURL(/\/welcome$/);
  const authenticator = await addAuthenticator(page);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  expect(await authenticator.count()).toBe(1);

  await authenticator.present(false);
  await signOut(page);
  await authenticator.present(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL(/\/welcome$/);

  // Here the browser offers it by itself, and its owner agrees.
  const signedOut = page.waitForURL(/\/login/, { waitUntil: 'commit' });
  await pressSignOut(page);
  await signedOut;
  await expect(page).toHaveURL(/\/welcome$/);

  await page.goto('/settings');
  await page.getByRole('button', { name: /^Remove the passkey added on/ }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toHaveCount(0);

  // The phone still has it, and its owner tries once more.
  await authenticator.present(false);
  await signOut(page);
  await authenticator.present(true);
  const tried = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await tried;
  await authenticator.present(false);
  await expect(page.getByText('No account here has this passkey')).toBeVisible();
  await signInWith(page, email, firstPassword);
  await expect(page).toHaveURL(/\/welcome$/);
});

test('an account is made with a passkey alone, which then cannot be removed', async ({ page }) => {
  const email = newEmail();
  await addAuthenticator(page);
  await page.goto('/registration');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('First name').fill('Kim');
  await page.getByRole('button', { name: 'Create the account with a passkey' }).click();
  await expect(page).toHaveURL(/\/welcome$/);
  await page.goto('/settings');
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toBeDisabled();
});
