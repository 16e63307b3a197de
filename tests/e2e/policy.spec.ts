import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

// What the policy of a page refuses, the browser reports; on no page of ours does it refuse anything.
const open = ['/login', '/registration', '/recovery', '/verification', '/error'];
const byManager = [
  ...['/', '/decisions', '/decisions?show=conditions', '/decisions?show=decided'],
  ...['/opportunities', '/opportunities/A%2F1%2050%25', '/opportunities/NO-SUCH'],
  ...['/opportunities/A%2F1%2050%25/files', '/opportunities/A%2F1%2050%25/versions'],
  ...['/sync', '/sync/fields', '/sync/quarantine', '/sync/reconcile', '/sync/watermark'],
  ...['/sync/runs/1', '/people', '/audit', '/docs', '/settings', '/admin/calendar'],
  ...['/admin/scorecards', '/admin/scorecards/1', '/admin/scorecards/1/simulate'],
  ...['/admin/scorecards/1/publish', '/notifications', '/notifications/settings'],
];

async function refusalsOn(page: Page, paths: string[]): Promise<string[]> {
  const refusals: string[] = [];
  await page.exposeFunction('refused', (what: string) => refusals.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { refused } = window as unknown as { refused: (what: string) => void };
      refused(
        `${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`,
      );
    });
  });
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('load');
  }
  return refusals;
}

test('before signing in the policy refuses nothing of ours', async ({ page }) => {
  expect(await refusalsOn(page, open)).toEqual([]);
});

test('the policy refuses nothing of ours to a manager', async ({ as, facts }) => {
  const page = await as('manager');
  test.slow();
  expect(await refusalsOn(page, [...byManager, facts.memoPath])).toEqual([]);
});

for (const role of ['head', 'architect', 'sales', 'newcomer'] as const) {
  test(`the policy refuses nothing of ours to ${role}`, async ({ as }) => {
    const page = await as(role);
    expect(await refusalsOn(page, ['/', '/opportunities', '/reviews', '/settings'])).toEqual([]);
  });
}

test('the policy refuses what is not ours, so that the tests above can fail', async ({
  page,
  complaints,
}) => {
  const refusals = await refusalsOn(page, ['/login']);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>');
    document.body.insertAdjacentHTML('beforeend', '<img src="https://evil.test/x.png" alt="">');
  });
  await expect.poll(() => refusals.length).toBe(3);
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  complaints.length = 0;
});
