import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { assignedOpportunity } from './assigned-opportunity.ts';
import type { Facts } from './facts.ts';
import { expect } from './test.ts';

/** How many the standard scorecard asks for. */
export const criteria = 9;

/** The sheet of an opportunity of one's own, opened. */
export async function openSheet(page: Page, facts: Facts): Promise<string> {
  const path = await assignedOpportunity(facts);
  await page.goto(`${path}/assess`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Open the sheet' }).click();
  await expect(page.getByText('The assessment is open.')).toBeVisible();
  await expect(page.getByRole('radio', { name: '3.5' })).toHaveCount(criteria);
  return path;
}

/** The part of the page that says how the sheet stands. */
export const standing = (page: Page) => page.getByRole('complementary', { name: 'How it stands' });

/** How fresh the page says the data is, which it learns together with everything else. */
const asOf = (page: Page) =>
  page.getByLabel('Freshness of the CRM data').locator('time').first().getAttribute('datetime');

/** Runs a sync, and waits until the page has asked its loaders again because of it. */
export async function askAgain(page: Page, { url, cookies }: Facts): Promise<void> {
  const before = await asOf(page);
  const answer = await fetch(`${url}/api/sync-database`, {
    method: 'POST',
    headers: { cookie: cookies.manager ?? '', 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ mode: 'incremental' }),
  });
  expect(answer.status).toBe(202);
  await expect.poll(() => asOf(page)).not.toBe(before);
}

/** What axe calls serious or worse, short enough to read. */
export async function faultsOf(page: Page): Promise<string[]> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
