import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pdfFile, programFile } from '../factories/files.ts';
import { expect, test } from './test.ts';

const opportunity = '/opportunities/A%2F1%2050%25';
const pdf = (name: string, buffer = pdfFile()) => ({ name, mimeType: 'application/pdf', buffer });

async function addFile(page: Page, file: ReturnType<typeof pdf>) {
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Add file' }).click();
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a file is added on the opportunity, opened, and removed with a reason', async ({ as }) => {
    const page = await as('manager');
    await page.goto(opportunity);
    await addFile(page, pdf('terms.pdf'));
    await expect(page.getByText('“terms.pdf” was added.')).toBeVisible();
    await expect(page).toHaveURL(opportunity);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'terms.pdf' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('terms.pdf');
    await page.getByText('Remove terms.pdf').click();
    await page.getByLabel('Why is it removed?').fill('The wrong file.');
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText('“terms.pdf” was removed.')).toBeVisible();
    await expect(page.getByText('No file has been added yet.')).toBeVisible();
  });

  test('a program is refused in words', async ({ as }) => {
    const page = await as('manager');
    await page.goto(opportunity);
    await addFile(page, pdf('invoice.pdf', programFile()));
    await expect(page.getByRole('alert')).toContainText('its content is not: it looks like EXE');
  });
});

test('a file that is too large is named before it is sent', async ({ as }) => {
  const page = await as('manager');
  await page.goto(`${opportunity}/files`);
  await addFile(page, pdf('big.pdf', pdfFile(26 * 1024 * 1024)));
  await expect(page.getByRole('alert')).toContainText('This file is larger than 25 MB.');
  await expect(page.getByLabel('File', { exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious among files', async ({ as }) => {
      const page = await as('manager');
      await page.goto(`${opportunity}/files`);
      await addFile(page, pdf(`${colorScheme}.pdf`));
      await page.getByText(`Remove ${colorScheme}.pdf`).click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''));
      expect(serious.map(({ id }) => id)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
    });
  });
}
