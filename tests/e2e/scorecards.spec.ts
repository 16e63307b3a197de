import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** Begins a draft from the scorecard in force, which stands first in the list. */
async function beginDraft(page: Page): Promise<void> {
  await page.goto('/admin/scorecards');
  await page
    .getByRole('button', { name: /^New draft from / })
    .first()
    .click();
  await expect(page).toHaveURL(/\/admin\/scorecards\/\d+$/);
}

const weights = (page: Page) => page.getByLabel('Weight, %');

/** What axe calls serious or worse, short enough to read. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a scorecard is drafted, refused at 99, mended and published', async ({ as }) => {
      const page = await as('manager');
      await beginDraft(page);
      const name = `Standard ${javaScriptEnabled ? 'with' : 'without'} scripts`;
      await page.getByLabel('Name of the scorecard').fill(name);
      await weights(page).first().fill('14');
      await page.getByRole('button', { name: 'Save draft' }).click();
      await expect(page.getByRole('alert').first()).toContainText(
        'The weights add up to 99, not to 100.',
      );
      await expect(page.getByLabel('Name of the scorecard')).toHaveValue(name);
      await expect(weights(page).first()).toHaveValue('14');

      await page.getByRole('button', { name: 'Add a criterion' }).click();
      await expect(weights(page)).toHaveCount(10);
      await page.getByLabel('Name', { exact: true }).nth(9).fill('Green');
      await page.getByRole('button', { name: 'Move criterion 10 up' }).click();
      await expect(page.getByLabel('Name', { exact: true }).nth(8)).toHaveValue('Green');
      await page.getByRole('button', { name: 'Remove Green' }).click();
      await expect(weights(page)).toHaveCount(9);
      await expect(page.getByLabel('Name of the scorecard')).toHaveValue(name);

      await weights(page).first().fill('15');
      await page.getByRole('button', { name: /Save and publish/ }).click();
      await expect(page).toHaveURL(/\/publish$/);
      await expect(page.getByText('it scores exactly alike')).toBeVisible();
      await expect(page.getByText('no score changes')).toBeVisible();
      await page.getByRole('button', { name: 'Publish and put in force' }).click();
      await expect(page).toHaveURL(/\/admin\/scorecards$/);
      const first = page.getByRole('table').locator('tbody tr').first();
      await expect(first).toContainText(name);
      await expect(first).toContainText('In force');
    });

    test('the simulator tries other values by its address alone', async ({ as }) => {
      const page = await as('manager');
      await beginDraft(page);
      await page.getByRole('button', { name: 'Save and simulate' }).click();
      await expect(page).toHaveURL(/\/simulate$/);
      await page.getByLabel('Pursue, from %').fill('72.5');
      await page.getByRole('button', { name: 'Replay' }).click();
      await expect(page).toHaveURL(/from\.pursue=72\.5/);
      await page.getByRole('link', { name: 'Take over into the draft' }).click();
      await expect(page.getByText('They are not saved yet.')).toBeVisible();
      await expect(page.getByLabel('From, %').first()).toHaveValue('72.5');
      await page.getByText('Discard this draft').click();
      await page.getByRole('button', { name: 'Discard the draft' }).click();
      await expect(page).toHaveURL(/\/admin\/scorecards$/);
    });
  });
}

test('the sum of the weights follows what is typed, and a moved criterion keeps the focus', async ({
  as,
}) => {
  const page = await as('manager');
  await beginDraft(page);
  await expect(page.getByText('100 of 100')).toBeVisible();
  await weights(page).first().fill('20');
  await expect(page.getByText('105 of 100')).toBeVisible();
  await page.getByRole('button', { name: 'Move Strategic fit down' }).click();
  await expect(page.locator('#criteria-1')).toBeFocused();
  await expect(weights(page).nth(1)).toHaveValue('20');
  await page.getByText('Discard this draft').click();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(page.getByText(/was discarded/)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious in the editor, refused and open', async ({ as }) => {
      // The page has more fields than any other, and axe looks at each.
      test.slow();
      const page = await as('manager');
      await beginDraft(page);
      await page.locator('summary').filter({ hasText: 'Question, anchors' }).first().click();
      await weights(page).first().fill('x');
      await page.getByRole('button', { name: 'Save draft' }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
      expect(await faultsOf(page)).toEqual([]);
    });

    test('axe finds nothing serious on the other pages of a scorecard', async ({ as }) => {
      test.slow();
      const page = await as('manager');
      await beginDraft(page);
      const draft = new URL(page.url()).pathname;
      for (const path of [
        ...['/admin/scorecards', '/admin/scorecards/1', `${draft}/publish`, `${draft}/simulate`],
        `${draft}/simulate?weight.STRAT=14`,
      ]) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await faultsOf(page)).toEqual([]);
      }
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('no page of a scorecard scrolls sideways', async ({ as }) => {
    const page = await as('manager');
    await beginDraft(page);
    const draft = new URL(page.url()).pathname;
    for (const path of ['/admin/scorecards', '/admin/scorecards/1', draft, `${draft}/simulate`]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(excess).toBeLessThanOrEqual(0);
    }
  });
});
