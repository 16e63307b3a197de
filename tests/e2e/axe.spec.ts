import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const open = ['/login', '/registration'];
const signedIn = [
  '/',
  '/decisions',
  '/decisions?show=conditions',
  '/decisions?show=decided',
  '/admin/calendar',
  '/opportunities',
  '/opportunities?q=nothing+is+called+this',
  '/opportunities/A%2F1%2050%25',
  '/opportunities/NO-SUCH',
  '/sync',
  '/sync/fields',
  '/sync/quarantine',
  '/sync/quarantine/group?cause=not-a-number&field=Revenue',
  '/sync/runs/1',
  '/sync/watermark',
  '/sync/runs/2',
  '/sync/runs/1?show=new',
  '/people',
  '/audit',
  '/notifications',
  '/notifications/settings',
  '/docs',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    for (const path of open) {
      test(`axe finds nothing serious on ${path}`, async ({ page }) => {
        await page.goto(path);
        expect(await faultsOf(page)).toEqual([]);
      });
    }

    for (const path of signedIn) {
      test(`axe finds nothing serious on ${path}`, async ({ as }) => {
        const page = await as('manager');
        await page.goto(path);
        expect(await faultsOf(page)).toEqual([]);
      });
    }

    test('axe finds nothing serious with the menus open, nor where a role is missing', async ({
      as,
    }) => {
      const page = await as('architect');
      await page.goto('/opportunities');
      await page.locator('summary').filter({ hasText: 'Practice' }).click();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByText('Ada Architect').first().click();
      expect(await faultsOf(page)).toEqual([]);
      await page.goto('/people');
      expect(await faultsOf(page)).toEqual([]);
    });
  });
}

/** What axe calls serious or worse, short enough to read. */
async function faultsOf(page: Page): Promise<string[]> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
