import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './test.ts';

const password = 'a-long-password-of-ingo';

test('who is invited comes in by the code, sets a password, and is refused once deactivated', async ({
  as,
  browser,
  facts,
}) => {
  const manager = await as('manager');
  const email = `ingo.${Date.now()}@example.test`;
  await manager.goto('/people');
  await manager.getByRole('link', { name: 'Invite somebody' }).click();
  await manager.getByLabel('First name').fill('Ingo');
  await manager.getByLabel('Last name').fill('Invited');
  await manager.getByLabel('E-mail address').fill(email);
  await manager.getByLabel('Solution architect').check();
  await manager.getByRole('button', { name: 'Invite', exact: true }).click();
  const way = manager.getByRole('status').filter({ hasText: 'shown only now' });
  const [, path = ''] = /(\/recovery\?flow=[0-9a-f-]+)/.exec(await way.innerText()) ?? [];
  const [, code = ''] = /^(\d{6})$/m.exec(await way.innerText()) ?? [];
  expect(code).not.toBe('');

  const context = await browser.newContext({ baseURL: facts.url });
  const guest = await context.newPage();
  await guest.goto(path);
  await guest.locator('input[name="code"]').fill(code);
  await guest.locator('button[name="method"][value="code"]').click();
  await expect(guest).toHaveURL(/\/settings/);
  await guest.locator('input[name="password"]').fill(password);
  await guest.locator('button[name="method"][value="password"]').click();
  await expect(guest.getByText(/saved/i).first()).toBeVisible();
  await guest.goto('/opportunities');
  await expect(guest.getByRole('heading', { level: 1, name: 'Opportunities' })).toBeVisible();

  await manager.getByRole('link', { name: 'Open Ingo Invited' }).click();
  await manager.getByRole('link', { name: 'Deactivate …' }).click();
  await expect(manager.getByText('Nothing waits for them alone')).toBeVisible();
  const seen = await new AxeBuilder({ page: manager }).analyze();
  const grave = seen.violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''));
  expect(grave).toEqual([]);
  await manager.getByRole('button', { name: 'Deactivate Ingo Invited' }).click();
  await expect(manager.getByText('Deactivated', { exact: true }).first()).toBeVisible();

  await guest.goto('/opportunities');
  await expect(guest).toHaveURL(/\/login/);
  await guest.locator('input[name="identifier"]').fill(email);
  await guest.locator('input[name="password"]').fill(password);
  await guest.locator('button[name="method"][value="password"]').click();
  await expect(guest.getByRole('main')).toContainText(/disabled|deactivated/i);
  await context.close();

  await manager.getByRole('button', { name: 'Reactivate' }).click();
  await expect(manager.getByRole('link', { name: 'Deactivate …' })).toBeVisible();
});
