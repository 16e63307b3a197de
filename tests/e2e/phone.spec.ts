import { expect, test } from './test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

for (const path of [
  ...['/', '/decisions', '/admin/calendar', '/admin/scorecards'],
  '/opportunities',
  '/sync',
  '/sync/fields',
  '/sync/runs/2',
  '/sync/watermark',
  '/people',
  '/audit',
  '/notifications',
  '/notifications/settings',
]) {
  test(`${path} fits a phone without scrolling sideways`, async ({ as }) => {
    const page = await as('manager');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const { content, window: room } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      window: document.documentElement.clientWidth,
    }));
    expect(content).toBeLessThanOrEqual(room);
  });
}

test('on a phone a row is a card, and a filter opens within reach', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/opportunities');
  const row = page.locator('tbody tr').first();
  const box = await row.boundingBox();
  expect(box?.width).toBeLessThanOrEqual(390);
  expect(box?.height).toBeGreaterThan(90);
  await expect(row.locator('[data-cell="amount"]')).toBeInViewport();

  await page.locator('summary').filter({ hasText: 'Sales stage' }).tap();
  const choice = page.getByRole('checkbox').locator('visible=true').first();
  await expect(choice).toBeInViewport();
  await choice.tap();
  await expect(page).toHaveURL(/stage=/);
});
