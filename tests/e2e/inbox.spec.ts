import { gzipSync } from 'node:zlib';
import { expect, forgiveCalledOff, signInByHand, test, totalOf } from './test.ts';

test('a manager signs in, filters, opens an opportunity and comes back to the filtered list', async ({
  page,
}) => {
  await signInByHand(page, 'manager');
  await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible();
  await page.getByRole('link', { name: 'Opportunities', exact: true }).click();
  await expect(page).toHaveURL(/\/opportunities$/);
  const all = await totalOf(page);

  await page.getByText('Practice', { exact: true }).first().click();
  const choice = page.getByRole('checkbox', { name: /Cybersecurity/ });
  const counted = Number((await choice.locator('xpath=..').innerText()).match(/\d+\s*$/)?.[0]);
  await choice.check();
  await expect(page).toHaveURL(/practice=Cybersecurity/);
  await expect(page.getByText(`${counted} opportunities`)).toBeVisible();
  expect(counted).toBeLessThan(all);

  await page.keyboard.press('Escape');
  const filtered = page.url();
  const first = page.locator('tbody').getByRole('link').first();
  const name = await first.innerText();
  await first.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.getByRole('main').getByRole('link', { name: 'Opportunities' }).click();
  await expect(page).toHaveURL(filtered);

  await page.getByRole('link', { name: /Remove the filter.*Cybersecurity/ }).click();
  await expect(page).toHaveURL(/\/opportunities$/);
  await expect.poll(() => totalOf(page)).toBe(all);
});

test('two ticks in a row add up', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/opportunities', { waitUntil: 'networkidle' });
  await page.locator('summary').filter({ hasText: 'GEO' }).click();
  const choices = page.getByRole('checkbox').locator('visible=true');
  // Both within one frame: the second comes before any answer to the first.
  await choices.evaluateAll((boxes) =>
    boxes.slice(0, 2).forEach((box) => (box as HTMLElement).click()),
  );
  await expect(page).toHaveURL(/geo=.*&geo=/);
  await expect(choices.nth(0)).toBeChecked();
  await expect(choices.nth(1)).toBeChecked();
});

test('the search finds by number, and nothing found says out of how many', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/opportunities');
  const all = await totalOf(page);
  const search = page.getByRole('searchbox');
  const number = await page.locator('tbody [data-cell="number"]').first().innerText();
  await search.fill(number);
  await search.press('Enter');
  await expect(page.getByText('1 opportunity', { exact: true })).toBeVisible();
  await search.fill('nothing is called this');
  await search.press('Enter');
  await expect(page.getByText(`No opportunity matches this filter (of ${all}).`)).toBeVisible();
  await page.getByRole('link', { name: 'Clear the filter' }).click();
  await expect.poll(() => totalOf(page)).toBe(all);
});

test('the headings order the list and say how', async ({ as, complaints }) => {
  const page = await as('manager');
  await page.goto('/opportunities');
  const heading = page.getByRole('columnheader', { name: 'Amount' });
  await heading.getByRole('link').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await heading.getByRole('link').click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  await expect(page).toHaveURL(/sort=deal_value/);
  await expect(page.getByRole('heading', { name: 'Opportunities', level: 1 })).toBeVisible();
  await expect(heading).toBeVisible();
  forgiveCalledOff(complaints);
});

test('paging shows every opportunity once and leads back to the first page', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/opportunities?sort=name');
  const all = await totalOf(page);
  const links = page.locator('tbody').getByRole('link');
  const seen = new Set<string>();
  for (;;) {
    // All at once: the address changes a moment before the rows do.
    const shown = await links.evaluateAll((rows) => rows.map((row) => row.getAttribute('href')!));
    for (const href of shown) seen.add(href);
    const next = page.getByRole('link', { name: 'Next page' });
    if (!(await next.isVisible())) break;
    await next.click();
    await expect(links.first()).not.toHaveAttribute('href', shown[0]!);
    await expect(page.getByRole('link', { name: 'Back to the first page' })).toBeVisible();
  }
  expect(seen.size).toBe(all);
  await page.getByRole('link', { name: 'Back to the first page' }).click();
  await expect(page).toHaveURL(/\/opportunities\?sort=name$/);
});

test('a number with a slash and a percent sign has a page, and markup in a name stays text', async ({
  as,
}) => {
  const page = await as('manager');
  await page.goto('/opportunities?q=Slash');
  await page.getByRole('link', { name: 'Slash <b>and</b> percent' }).click();
  await expect(page).toHaveURL(/\/opportunities\/A%2F1%2050%25$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Slash <b>and</b> percent');
  await expect(page.getByText('not set in CRM').first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Slash <b>and</b> percent');
});

test('what does not exist, and a filter that makes no sense, are said in words', async ({ as }) => {
  const page = await as('manager');
  expect((await page.goto('/opportunities/NO-SUCH'))?.status()).toBe(404);
  await expect(page.getByText('There is no opportunity NO-SUCH')).toBeVisible();
  expect((await page.goto('/opportunities?sort=mood'))?.status()).toBe(400);
  await expect(page.getByText('sort must be one of')).toBeVisible();
});

test('the chosen theme holds from the first byte', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/opportunities?sort=name');
  await page.getByText('Maya Manager').first().click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page).toHaveURL(/\/opportunities\?sort=name$/);
  expect(await (await page.request.get('/opportunities')).text()).toContain('data-theme="dark"');
});

test('the inbox needs less than 120 kB of script, compressed', async ({ as }) => {
  const page = await as('manager');
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (/\.js(\?|$)/.test(response.url())) scripts.set(response.url(), response.body());
  });
  await page.goto('/opportunities', { waitUntil: 'load' });
  const bodies = await Promise.all(scripts.values());
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(120_000);
});
