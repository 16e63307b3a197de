import { AxeBuilder } from '@axe-core/playwright';
import pg from 'pg';
import { expect, signIn, test } from './test.ts';

test('a manager compares, finds what was falsified, repairs it and sees it equal', async ({
  as,
  browser,
  facts,
}) => {
  const database = new pg.Client(facts.databaseUrl);
  await database.connect();
  const page = await as('manager');
  const compare = async () => {
    const started = await database.query<{ id: string }>(
      'SELECT coalesce(max(id), 0) AS id FROM sync_logs',
    );
    await page.goto('/sync/reconcile');
    await page.getByRole('button', { name: 'Compare with the CRM now' }).click();
    await expect(page.getByText('Comparison started')).toBeVisible();
    await expect
      .poll(async () => {
        const { rowCount } = await database.query(
          `SELECT FROM sync_logs WHERE id > $1 AND purpose = 'RECONCILE' AND status = 'SUCCESS'`,
          [started.rows[0]!.id],
        );
        return rowCount;
      })
      .toBe(1);
    await page.goto('/sync/reconcile');
  };
  try {
    const { rows } = await database.query<{ id: string; name: string }>(
      `UPDATE opportunities SET stage = 'Falsified by hand' WHERE id = (
         SELECT id FROM opportunities WHERE gone_since IS NULL AND name IS NOT NULL
           AND first_sync_log_id = 1 AND workflow_status = 'NEW' ORDER BY id LIMIT 1)
       RETURNING id, name`,
    );
    const { id, name } = rows[0]!;
    await compare();
    await expect(page.getByText('Falsified by hand')).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: facts.url });
    await signIn(plain, facts, 'manager');
    const typed = await plain.newPage();
    await typed.goto('/sync/reconcile');
    await typed.getByRole('button', { name: 'Repair the chosen' }).click();
    await expect(typed.getByRole('alert')).toContainText('Nothing is chosen');
    await typed.getByRole('checkbox', { name: `Choose ${name}` }).check();
    await typed.getByRole('button', { name: 'Repair the chosen' }).click();
    await expect(typed.getByText('Repair of 1 opportunity started')).toBeVisible();
    await plain.close();
    await expect
      .poll(async () => {
        const found = await database.query<{ stage: string }>(
          'SELECT stage FROM opportunities WHERE id = $1',
          [id],
        );
        return found.rows[0]!.stage;
      })
      .not.toBe('Falsified by hand');
    await compare();
    await expect(page.getByText('Falsified by hand')).toHaveCount(0);
  } finally {
    await database.end();
  }
});

test('a practice head sees the verdict and the sums, and not which rows differ', async ({ as }) => {
  const page = await as('head');
  await page.goto('/sync/reconcile');
  await expect(page.getByRole('heading', { name: 'Reconcile' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compare with the CRM now' })).toHaveCount(0);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});
