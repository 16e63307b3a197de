import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import pg from 'pg';
import type { Facts, SampleRole } from './facts.ts';
import { expect, test } from './test.ts';

/** Leaves these notices, and no other, with a sample person. */
async function leave({ databaseUrl }: Facts, role: SampleRole, titles: string[]) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `DELETE FROM notifications WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
      [`${role}@example.test`],
    );
    await client.query(
      `INSERT INTO notifications (user_id, topic, title, body, path)
       SELECT id, 'decision', title, 'Worth the effort.', '/opportunities?q=platform'
       FROM users, unnest($2::text[]) title WHERE email = $1`,
      [`${role}@example.test`, titles],
    );
  } finally {
    await client.end();
  }
}

const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^Notifications/ });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('notices are counted, opened, marked one by one and all at once', async ({
      as,
      facts,
    }) => {
      await leave(facts, 'sales', ['First', 'Second', 'Third', 'Fourth']);
      const page = await as('sales');
      await page.goto('/');
      await expect(bell(page)).toHaveAccessibleName('Notifications, 4 unread');
      await bell(page).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notifications');
      const items = page.getByRole('main').getByRole('listitem');
      await expect(items.first()).toContainText('Unread: Fourth');

      await page.getByRole('link', { name: 'Fourth' }).click();
      await expect(page).toHaveURL(/\/opportunities\?q=platform$/);
      await expect(bell(page)).toHaveAccessibleName('Notifications, 3 unread');
      await bell(page).click();
      await page.getByRole('button', { name: 'Mark read: Third' }).click();
      await expect(page.getByText('Marked read')).toBeVisible();
      await expect(items.filter({ hasText: 'Unread:' })).toHaveCount(2);
      await page.getByRole('button', { name: 'Mark all read' }).click();
      await expect(page.getByText('2 notifications marked read')).toBeVisible();
      await expect(bell(page)).toHaveAccessibleName('Notifications');
      await page.getByRole('link', { name: /^Unread/ }).click();
      await expect(page.getByRole('main')).toContainText('You have read everything');
    });

    test('what comes by mail is chosen topic by topic, and kept', async ({ as }) => {
      const page = await as('head');
      await page.goto('/notifications');
      await page.getByRole('link', { name: 'Choose what comes by mail' }).click();
      const stale = page.getByRole('group', { name: 'Assessments gone stale' });
      const choice = javaScriptEnabled ? 'No mail' : 'Daily digest';
      await stale.getByRole('radio', { name: choice }).check();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('Your mail settings are saved')).toBeVisible();
      await page.reload();
      await expect(stale.getByRole('radio', { name: choice })).toBeChecked();
      const mentions = page.getByRole('group', { name: 'Mentions in comments' });
      await expect(mentions.getByRole('radio', { name: 'At once' })).toBeChecked();
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious in an inbox with notices', async ({ as, facts }) => {
      await leave(facts, 'architect', ['One', 'Two']);
      const page = await as('architect');
      await page.goto('/notifications');
      await page.getByRole('button', { name: 'Mark read: One' }).click();
      await expect(page.getByText('Marked read')).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''));
      expect(serious.map(({ id }) => id)).toEqual([]);
    });
  });
}
