import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on a memo in the ${colorScheme} theme`, async ({ as, facts }) => {
    const page = await as('manager');
    await page.emulateMedia({ colorScheme });
    await page.goto(facts.memoPath);
    await expect(page.getByText('Matches its hash')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id }) => id)).toEqual([]);
  });
}

test('a memo on paper is the memo alone, black on white, in a table', async ({ as, facts }) => {
  const page = await as('head');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 680, height: 960 });
  await page.goto(facts.memoPath);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(main.getByRole('link')).toHaveCount(0);
  await expect(main.getByRole('columnheader', { name: 'Weight' })).toBeVisible();
  const colours = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor];
  });
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
});

test('a memo fits a phone, and what it saves has the hash it shows', async ({ as, facts }) => {
  const page = await as('head');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(facts.memoPath);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'memo.json' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await saved).createReadStream()) chunks.push(chunk as Buffer);
  const sha256 = createHash('sha256').update(Buffer.concat(chunks)).digest('hex');
  await expect(page.getByText(`SHA-256 ${sha256}`)).toBeVisible();
});
