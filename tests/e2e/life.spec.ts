import type { Browser, Page } from '@playwright/test';
import pg from 'pg';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { Facts, SampleRole } from './facts.ts';
import { chooseArchitect } from './choose-architect.ts';
import { expect, signIn, test } from './test.ts';

/** An opportunity as the sync brought it, sold by the sample seller in the practice of the sample head. */
async function freshOpportunity({ databaseUrl }: Facts): Promise<{ name: string; path: string }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; remoteNumber: string; remoteId: string }>(
      `UPDATE opportunities SET practice = 'Cloud & Infrastructure', name = name || ' ' || id,
         sales_owner_email = 'sales@example.test'
       WHERE id = (SELECT max(id) FROM opportunities WHERE workflow_status = 'NEW'
         AND gone_since IS NULL AND remote_number ~ '^[A-Z0-9-]+$' AND name IS NOT NULL)
       RETURNING name, remote_number AS "remoteNumber", remote_id::text AS "remoteId"`,
    );
    if (!rows[0]) throw new Error('Every opportunity has been taken by a test.');
    return { name: rows[0].name, path: opportunityPath(rows[0]) };
  } finally {
    await client.end();
  }
}

/** Four people at four browsers. */
async function people(browser: Browser, facts: Facts, javaScriptEnabled: boolean) {
  const roles = ['head', 'architect', 'manager', 'sales'] as const satisfies SampleRole[];
  const pages = {} as Record<(typeof roles)[number], Page>;
  for (const role of roles) {
    const context = await browser.newContext({ baseURL: facts.url, javaScriptEnabled });
    await signIn(context, facts, role);
    pages[role] = await context.newPage();
  }
  return pages;
}

for (const scripts of [true, false]) {
  test(`an opportunity lives from the CRM to its memo ${scripts ? 'with' : 'without'} scripts`, async ({
    browser,
    facts,
  }) => {
    test.setTimeout(120_000);
    const { name, path } = await freshOpportunity(facts);
    const { head, architect, manager, sales } = await people(browser, facts, scripts);

    await head.goto(path);
    await chooseArchitect(head, 'Ada Architect');
    await head.getByRole('button', { name: 'Assign', exact: true }).click();
    await expect(head.getByText('Assigned to Ada Architect')).toBeVisible();

    await architect.goto('/');
    await expect(architect.getByText(name).first()).toBeVisible();
    await architect.goto(`${path}/assess`, { waitUntil: 'networkidle' });
    await architect.getByRole('button', { name: 'Open the sheet' }).click();
    await expect(architect.getByRole('radio', { name: '3.5' })).toHaveCount(9);
    for (const radio of await architect.getByRole('radio', { name: '3.5' }).all()) {
      await radio.check();
    }
    await architect
      .getByLabel('Summary', { exact: true })
      .fill('A fair chance with a team that is free.');
    await architect.getByRole('button', { name: 'Submit' }).click();
    await expect(architect).toHaveURL(`${path}/assessments/1`);
    await expect(architect.getByText('70.0 %').first()).toBeVisible();

    await head.goto('/reviews');
    await expect(head.getByText(name).first()).toBeVisible();
    await head.goto(path);
    await head.getByText('Return the assessment', { exact: true }).click();
    await head.getByLabel('What is to be looked at again').fill('Say more about legal.');
    await head.getByRole('button', { name: 'Return it' }).click();
    await expect(head.getByText('Say more about legal.').first()).toBeVisible();

    await architect.goto(`${path}/assess`, { waitUntil: 'networkidle' });
    await expect(architect.getByText('Say more about legal.').first()).toBeVisible();
    await architect.getByRole('button', { name: 'Submit' }).click();
    await expect(architect).toHaveURL(`${path}/assessments/2`);

    await head.goto(path);
    await head.getByLabel('GO', { exact: true }).check();
    await head.getByLabel('Rationale').fill('Worth every week of it.');
    await head.getByRole('button', { name: 'Put the recommendation on record' }).click();
    await expect(head.getByText('Recommendation on version 2')).toBeVisible();

    await manager.goto('/decisions');
    await expect(manager.getByText(name).first()).toBeVisible();
    await manager.goto(path);
    await manager.getByLabel('GO', { exact: true }).check();
    await manager.getByRole('button', { name: 'Put the decision on record' }).click();
    await expect(manager.getByText('Decision on version 2')).toBeVisible();
    await manager.getByRole('link', { name: /memo/i }).first().click();
    await expect(manager.getByText(/matches its hash/i).first()).toBeVisible();
    await expect(manager.getByText('Worth every week of it.').first()).toBeVisible();

    await sales.goto('/');
    await expect(sales.getByText(name).first()).toBeVisible();
    await sales.goto('/notifications');
    await expect(sales.getByText(`decided GO for “${name}”`).first()).toBeVisible();
    for (const page of [head, architect, manager, sales]) await page.context().close();
  });
}

test('the way from assignment to decision takes the keyboard alone', async ({ browser, facts }) => {
  test.setTimeout(120_000);
  const { path } = await freshOpportunity(facts);
  const { head, architect, manager } = await people(browser, facts, true);

  await head.goto(path, { waitUntil: 'networkidle' });
  await reach(head, 'select', 'Solution architect');
  await head.keyboard.type('Ada');
  await press(head, 'button', 'Assign');
  await expect(head.getByText('Assigned to Ada Architect')).toBeVisible();

  await architect.goto(`${path}/assess`, { waitUntil: 'networkidle' });
  await press(architect, 'button', 'Open the sheet');
  await expect(architect.getByRole('radio', { name: '3.5' })).toHaveCount(9);
  await reach(architect, 'input[type=radio]', '');
  for (let criterion = 0; criterion < 9; criterion++) {
    for (const key of ['3', '.', 'Tab']) await architect.keyboard.press(key);
  }
  await reach(architect, 'textarea[name=summary]', '');
  await architect.keyboard.type('A fair chance with a team that is free.');
  await press(architect, 'button', 'Submit');
  await expect(architect).toHaveURL(`${path}/assessments/1`);

  await head.goto(path, { waitUntil: 'networkidle' });
  await reach(head, 'input[type=radio]', '');
  await head.keyboard.press('Space');
  await reach(head, 'textarea', 'Rationale');
  await head.keyboard.type('Worth every week of it.');
  await press(head, 'button', 'Put the recommendation on record');
  await expect(head.getByText('Recommendation on version 1')).toBeVisible();

  await manager.goto(path, { waitUntil: 'networkidle' });
  await reach(manager, 'input[type=radio]', '');
  await manager.keyboard.press('Space');
  await press(manager, 'button', 'Put the decision on record');
  await expect(manager.getByText('Decision on version 1')).toBeVisible();
  for (const page of [head, architect, manager]) await page.context().close();
});

/** Tabs until the focus is on such an element whose name or label holds `words`. */
async function reach(page: Page, selector: string, words: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    const there = await page.evaluate(
      ([wanted, text]) => {
        const at = document.activeElement;
        if (!at?.matches(wanted) || !at.checkVisibility()) return false;
        const labels = 'labels' in at ? [...(at.labels as NodeListOf<Element>)] : [];
        const names = [at, ...labels].map((each) => each.textContent ?? '').join(' ');
        return names.includes(text);
      },
      [selector, words] as const,
    );
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector} ${words}.`);
}

async function press(page: Page, selector: string, words: string): Promise<void> {
  await reach(page, selector, words);
  await page.keyboard.press('Enter');
}
