import type { APIRequestContext } from '@playwright/test';
import type { Facts } from './facts.ts';
import { expect, signIn, test } from './test.ts';

/** Makes the CRM wait before each answer, so that a sync can be watched. */
async function slow(request: APIRequestContext, facts: Facts, delayMs: number): Promise<void> {
  const data = { kind: 'latency', delayMs };
  expect((await request.post(`${facts.crmUrl}/__faults`, { data })).ok()).toBe(true);
}

test.afterEach(async ({ facts, request }) => {
  await request.delete(`${facts.crmUrl}/__faults`);
});

test('a manager runs a sync and watches it count, on every page, until it ends', async ({
  as,
  facts,
  request,
}) => {
  await slow(request, facts, 600);
  const page = await as('manager');
  await page.goto('/sync');
  await page.getByRole('button', { name: 'Sync everything' }).click();
  await expect(page.getByText('Full sync started')).toBeVisible();
  const banner = page.getByRole('region', { name: 'Freshness of the CRM data' });
  await expect(banner).toContainText('Running: full sync');

  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Opportunities' })
    .click();
  const read = async () => Number((await banner.innerText()).match(/([\d,]+) read/)?.[1] ?? 'NaN');
  await expect.poll(read).toBeGreaterThan(0);
  const before = await read();
  await expect.poll(read).toBeGreaterThan(before);

  await page.getByRole('link', { name: 'Sync', exact: true }).click();
  await expect(banner).toContainText('CRM data as of', { timeout: 20_000 });
  await expect(banner).not.toContainText('Running', { timeout: 20_000 });
  const latest = page.getByRole('table').locator('tbody tr').first();
  await expect(latest).toContainText('Full');
  await expect(latest).toContainText('Complete');
});

test('a second sync is refused in words, and a running one can be stopped', async ({
  as,
  browser,
  facts,
  request,
}) => {
  await slow(request, facts, 2000);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: facts.url });
  await signIn(context, facts, 'manager');
  const stale = await context.newPage();
  await stale.goto('/sync');

  const page = await as('manager');
  await page.goto('/sync');
  await page.getByRole('button', { name: 'Sync everything' }).click();
  await expect(page.getByRole('button', { name: 'Stop this run' })).toBeVisible();

  await stale.getByRole('button', { name: 'Sync what changed' }).click();
  await expect(stale.getByRole('alert')).toContainText('A sync is already running');
  await context.close();

  await page.getByRole('button', { name: 'Stop this run' }).click();
  const latest = page.getByRole('table').locator('tbody tr').first();
  await expect(latest).toContainText('Cancelled', { timeout: 20_000 });
});

test('a run says what it changed and keeps whole what it could not apply', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/sync/runs/2');
  await expect(page.getByRole('heading', { name: 'What this run changed' })).toBeVisible();
  await expect(page.getByText('became').or(page.getByLabel('became')).first()).toBeVisible();
  await page.goto('/sync/runs/1');
  await expect(page.getByText('Impossible date')).toBeVisible();
  await page.getByText('The record as it was sent').click();
  await expect(page.getByText('"OptyNumber": "BAD-1"')).toBeVisible();
  expect((await page.goto('/sync/runs/999999'))?.status()).toBe(404);
});
