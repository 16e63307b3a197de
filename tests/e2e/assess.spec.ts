import { askAgain, criteria, faultsOf, openSheet, standing } from './open-sheet.ts';
import { expect, forgiveCalledOff, test } from './test.ts';

test('with the keyboard alone: rate, explain, summarise, submit', async ({ as, facts }) => {
  const page = await as('architect');
  const path = await openSheet(page, facts);
  const first = page.getByRole('group', { name: /Strategic fit/ });
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await first.evaluate((group) => group.contains(document.activeElement))) break;
  }
  for (const keys of ['3', '3.', '3', '2.', '3', '3', '3', '4', '3']) {
    for (const key of keys) await page.keyboard.press(key);
    await page.keyboard.press('Tab');
  }
  await expect(standing(page)).toContainText('9 of 9 answered');
  await expect(standing(page)).toContainText('62.5 %');
  await expect(standing(page)).toContainText(/Consider → Pursue if .+ \d\.\d → \d\.\d/);
  await expect(page.getByText('Needs a reason or note')).toHaveCount(1);

  const legal = page.getByRole('group', { name: /^Legal and commercial readiness/ });
  await legal.getByRole('radio', { name: '4.0' }).focus();
  await page.keyboard.press('r');
  await expect(legal.getByRole('checkbox', { name: 'Terms mostly ours' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByText('Needs a reason or note')).toHaveCount(0);
  await page.keyboard.press('n');
  await page.keyboard.type('Signed in 2025, see clause 3.');
  await expect(legal.getByRole('radio', { name: '4.0' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(legal.getByRole('radio', { name: '4.0' })).toBeFocused();

  await page.getByLabel('Summary', { exact: true }).focus();
  await page.keyboard.type('A fair race for a named budget; worth a bid with a partner.');
  await expect(standing(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(legal.getByLabel(/Note/)).toHaveValue('Signed in 2025, see clause 3.');

  await page.getByRole('button', { name: 'Submit' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${path}/assessments/1`);
  await expect(page.getByText('The assessment is submitted: 62.5 %, Consider.')).toBeVisible();
  await expect(page.getByText('Signed in 2025, see clause 3.')).toBeVisible();
});

test('a double click submits once and leads to what was submitted', async ({
  as,
  facts,
  complaints,
}) => {
  const page = await as('architect');
  const path = await openSheet(page, facts);
  for (const radio of await page.getByRole('radio', { name: '3.0' }).all()) await radio.check();
  await page.getByLabel('Summary', { exact: true }).fill('Middling in every respect there is.');
  await page.getByRole('button', { name: 'Submit' }).dblclick();
  await expect(page).toHaveURL(`${path}/assessments/1`);
  await expect(page.getByText('60.0 %').first()).toBeVisible();
  forgiveCalledOff(complaints);
});

test('an incomplete sheet is refused in view of whoever submits it', async ({ as, facts }) => {
  const page = await as('architect');
  await openSheet(page, facts);
  await page.getByRole('button', { name: 'Submit' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'is not complete yet' });
  await expect(refusal).toBeInViewport();
  await page.getByRole('link', { name: 'Win probability' }).click();
  await expect(page.getByRole('group', { name: /Win probability/ })).toBeInViewport();
});

test('a sheet that was saved says what it lacks, and twice the same', async ({ as, facts }) => {
  const page = await as('architect');
  const path = await openSheet(page, facts);
  for (const radio of await page.getByRole('radio', { name: '1.5' }).all()) await radio.check();
  await page.getByLabel('Summary', { exact: true }).fill('Weak in every respect there is.');
  await expect(standing(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  const refusal = page.getByRole('alert').filter({ hasText: 'is not complete yet' });
  for (const again of [false, true]) {
    if (again) await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(refusal).toBeInViewport();
    await expect(page.getByText('The draft was saved elsewhere')).toHaveCount(0);
  }
  for (const box of await page.getByRole('textbox', { name: /Note/ }).all()) {
    await box.fill('Nobody of ours has met them.');
  }
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page).toHaveURL(`${path}/assessments/1`);
});

test('too long a note is saved with the rest, but not submitted', async ({ as, facts }) => {
  test.slow();
  const page = await as('architect');
  const path = await openSheet(page, facts);
  const fit = page.getByRole('group', { name: /Strategic fit/ });
  const note = fit.getByLabel(/Note/);
  for (const radio of await page.getByRole('radio', { name: '3.0' }).all()) await radio.check();
  await page.getByLabel('Summary', { exact: true }).fill('Middling in every respect there is.');
  await note.fill('n'.repeat(1950));
  await expect(note).toHaveAccessibleDescription('1,950 of 2,000 characters');
  await note.fill('n'.repeat(2100));
  await expect(fit.getByText('2,100 of 2,000 characters, 100 too many.')).toBeVisible();
  const gap = standing(page).getByRole('link', { name: 'Strategic fit has 2,100 characters' });
  await expect(gap).toBeVisible();
  await expect(standing(page)).toContainText('Not saved yet');
  await expect(standing(page)).toContainText(/Saved \d/);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(note).toHaveValue('n'.repeat(2100));
  await expect(fit.getByRole('radio', { name: '3.0' })).toBeChecked();
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(
    page.getByRole('alert').filter({ hasText: 'has 2,100 characters' }),
  ).toBeInViewport();
  await gap.click();
  await expect(note).toBeInViewport();
  await note.fill('n'.repeat(900));
  await expect(gap).toHaveCount(0);
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page).toHaveURL(`${path}/assessments/1`);
});

test('single keys can be switched off, which is remembered', async ({ as, facts }) => {
  const page = await as('architect');
  await openSheet(page, facts);
  const three = page
    .getByRole('group', { name: /Strategic fit/ })
    .getByRole('radio', { name: '3.0' });
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.reload({ waitUntil: 'networkidle' });
  await page
    .getByRole('group', { name: /Strategic fit/ })
    .getByRole('radio', { name: 'Unanswered' })
    .focus();
  await page.keyboard.press('3');
  await expect(three).not.toBeChecked();
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).check();
  await page
    .getByRole('group', { name: /Strategic fit/ })
    .getByRole('radio', { name: 'Unanswered' })
    .focus();
  await page.keyboard.press('3');
  await expect(three).toBeChecked();
  await expect(standing(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
});

test('two windows: the second is told, sees both, and loses nothing', async ({
  as,
  context,
  facts,
}) => {
  test.slow();
  const one = await as('architect');
  const path = await openSheet(one, facts);
  const other = await context.newPage();
  await other.goto(`${path}/assess`, { waitUntil: 'networkidle' });
  await one.getByLabel('Summary', { exact: true }).fill('Typed in the first window.');
  await expect(standing(one)).toContainText('Not saved yet');
  await expect(standing(one)).toContainText(/Saved \d/);
  // The second window's loaders answer with the newer draft, which is still not what was typed there.
  const revision = other.locator('input[name="revision"]');
  const typedOn = await revision.inputValue();
  await askAgain(other, facts);
  await expect(other.getByLabel('Summary', { exact: true })).toHaveValue('');
  expect(await revision.inputValue()).toBe(typedOn);
  await other.getByLabel('Summary', { exact: true }).fill('Typed in the second window.');
  const told = other.getByRole('alert').filter({ hasText: 'Take the stored draft' });
  await expect(told).toContainText('Typed in the first window.');
  await expect(told).toContainText('Typed in the second window.');
  await expect(standing(other)).toContainText('Saving has stopped');
  expect(await faultsOf(other)).toEqual([]);
  await other.getByRole('button', { name: 'Keep mine and save it' }).click();
  await expect(standing(other)).toContainText(/Saved \d/);
  await one.reload();
  await expect(one.getByLabel('Summary', { exact: true })).toHaveValue(
    'Typed in the second window.',
  );
});

test('what is typed stays where the sheet is closed meanwhile', async ({ as, context, facts }) => {
  const page = await as('architect');
  const path = await openSheet(page, facts);
  const other = await context.newPage();
  await other.goto(`${path}/assess`, { waitUntil: 'networkidle' });
  for (const radio of await other.getByRole('radio', { name: '3.0' }).all()) await radio.check();
  await other.getByLabel('Summary', { exact: true }).fill('Submitted in the other window.');
  await other.getByRole('button', { name: 'Submit' }).click();
  await expect(other).toHaveURL(`${path}/assessments/1`);

  await page.getByLabel('Summary', { exact: true }).fill('Typed here, not knowing of it.');
  await expect(standing(page)).toContainText('is in the state Submitted');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByLabel('Summary', { exact: true })).toHaveValue(
    'Typed here, not knowing of it.',
  );
});

test('a save that fails says so, tries again, and submitting waits for it', async ({
  as,
  facts,
}) => {
  const page = await as('architect');
  const path = await openSheet(page, facts);
  await page.route('**/assess/draft', (route) => route.abort());
  await page.getByLabel('Summary', { exact: true }).fill('Typed while nothing answers.');
  await expect(standing(page)).toContainText('BQS cannot be reached');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(standing(page)).toContainText('BQS cannot be reached');
  await expect(page).toHaveURL(`${path}/assess`);
  await page.unroute('**/assess/draft');
  await expect(standing(page)).toContainText(/Saved \d/, { timeout: 20_000 });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the form and the sheet to read, ${colorScheme}`, async ({
    as,
    facts,
  }) => {
    test.slow();
    const page = await as('architect');
    await page.emulateMedia({ colorScheme });
    const path = await openSheet(page, facts);
    for (const radio of await page.getByRole('radio', { name: '4.5' }).all()) await radio.check();
    await page.getByRole('radio', { name: 'Unanswered' }).first().check();
    await expect(standing(page)).toContainText(/Saved \d/);
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(`${path}/assessments/1`);
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(`${path}/versions`);
    await expect(page.getByText('There is one version')).toBeVisible();
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the form fits, and how it stands is always in view', async ({ as, facts }) => {
    const page = await as('architect');
    await openSheet(page, facts);
    await page.getByRole('radio', { name: '3.5' }).first().tap();
    await expect(page.getByText('10.5 % so far · 1/9')).toBeInViewport();
    const { content, room } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth,
    }));
    expect(content).toBeLessThanOrEqual(room);
    await page.getByRole('link', { name: 'Details, submit' }).tap();
    await expect(page.getByRole('button', { name: 'Submit' })).toBeInViewport();
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('fill in, save, be told what is missing, submit', async ({ as, facts }) => {
    const page = await as('architect');
    const path = await openSheet(page, facts);
    for (const radio of await page.getByRole('radio', { name: '3.5' }).all()) await radio.check();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(page.getByText('The draft is saved.')).toBeVisible();
    await expect(standing(page)).toContainText(`${criteria} of ${criteria} answered`);
    await expect(standing(page)).toContainText('70.0 %');

    const fit = page.getByRole('group', { name: /Strategic fit/ });
    await fit.getByRole('radio', { name: '4.5' }).check();
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(page.getByText('The assessment is not complete yet')).toBeVisible();
    await expect(fit.getByRole('radio', { name: '4.5' })).toBeChecked();
    await expect(fit.getByText('Needs a reason or note')).toBeVisible();

    await fit.getByText('Flagship reference').click();
    await page
      .getByLabel('Summary', { exact: true })
      .fill('A flagship, and the budget is approved.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(page).toHaveURL(`${path}/assessments/1`);
    await expect(page.getByText('Flagship reference')).toBeVisible();
    await expect(page.getByText('73.0 %').first()).toBeVisible();
  });
});
