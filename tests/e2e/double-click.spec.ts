import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** How many requests that change something the page sends from here on, each answered after a while. */
async function countPosts(page: Page): Promise<() => number> {
  let posts = 0;
  await page.route('**/*.data*', async (route) => {
    if (route.request().method() === 'POST') {
      posts += 1;
      await new Promise((done) => setTimeout(done, 1500));
    }
    await route.continue();
  });
  return () => posts;
}

const added = (page: Page, name: string) =>
  page.getByRole('button', { name: `Remove the practice ${name}` });

test('a double click invites once and shows the code', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/people/invite');
  await page.getByLabel('First name').fill('Dora');
  await page.getByLabel('Last name').fill('Double');
  await page.getByLabel('E-mail address').fill(`dora.${Date.now()}@example.test`);
  const posts = await countPosts(page);
  await page.getByRole('button', { name: 'Invite', exact: true }).dblclick({ delay: 80 });
  await expect(page.getByRole('status').filter({ hasText: 'shown only now' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(posts()).toBe(1);
});

test('a button pressed again while the answer is under way sends nothing more', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/people');
  const name = `Pressed ${Date.now()}`;
  await page.getByLabel('Name, as the CRM writes it').fill(name);
  const posts = await countPosts(page);
  const add = page.getByRole('button', { name: 'Add practice' });
  await add.click();
  await page.waitForTimeout(700);
  await add.click();
  await expect(added(page, name)).toBeVisible();
  expect(posts()).toBe(1);
});

test('a key held down sends once, and the next press again', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/people');
  const field = page.getByLabel('Name, as the CRM writes it');
  const posts = await countPosts(page);
  for (const [index, name] of [`Held ${Date.now()}`, `Then ${Date.now()}`].entries()) {
    await field.fill(name);
    for (let down = 0; down < 4; down += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect(added(page, name)).toBeVisible();
    await expect(field).toHaveValue('');
    expect(posts()).toBe(index + 1);
  }
});
