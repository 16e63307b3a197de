import { expect, test } from './test.ts';

test('with the keyboard alone: skip the bar, filter, close the filter, open an opportunity', async ({
  as,
}) => {
  const page = await as('manager');
  await page.goto('/opportunities', { waitUntil: 'networkidle' });
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const filter = page.locator('summary').filter({ hasText: 'Practice' });
  await expect(filter).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const choice = page.getByRole('checkbox').locator('visible=true').first();
  await expect(choice).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/practice=/);
  await expect(choice).toBeChecked();
  await expect(choice).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(filter).toBeFocused();

  const row = page.locator('tbody').getByRole('link').first();
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await row.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(row).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'In the CRM', exact: true })).toBeVisible();
});

test('what has the focus can be seen', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/opportunities', { waitUntil: 'networkidle' });
  for (let presses = 0; presses < 14; presses++) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return { style: style.outlineStyle, width: parseFloat(style.outlineWidth) };
    });
    expect(outline.style).not.toBe('none');
    expect(outline.width).toBeGreaterThanOrEqual(2);
  }
});
