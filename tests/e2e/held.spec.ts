import { AxeBuilder } from '@axe-core/playwright';
import pg from 'pg';
import type { Facts } from './facts.ts';
import { expect, signIn, test } from './test.ts';

/** A sweep that waits for a person: it did not see two opportunities of its own. Returns its id. */
async function heldRun({ databaseUrl }: Facts): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `WITH run AS (
         INSERT INTO sync_logs (sync_type, status, trigger, held_cause, error_message, completed_at)
         VALUES ('FULL', 'HELD', 'SCHEDULE', 'MISSING', 'Two were not sent by the CRM.', now())
         RETURNING id
       ), lost AS (
         INSERT INTO opportunities (remote_id, remote_number, name, raw, content_hash)
         SELECT 300000800000000 + run.id * 10 + n, 'LOST-' || run.id || n, 'Lost ' || n, '{}', ''
         FROM run, generate_series(1, 2) n RETURNING id
       )
       INSERT INTO sync_missing SELECT run.id, lost.id FROM run, lost RETURNING sync_log_id::text AS id`,
    );
    return rows[0]!.id;
  } finally {
    await client.end();
  }
}

test('a held sync is found from the banner, looked through, and released with a reason', async ({
  as,
  facts,
}) => {
  const id = await heldRun(facts);
  const page = await as('manager');
  await page.goto('/opportunities');
  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page).toHaveURL(new RegExp(`/sync/runs/${id}$`));
  await expect(page.getByRole('heading', { name: 'What the CRM did not send: 2' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = ({ impact }: { impact?: string | null }) =>
    impact === 'serious' || impact === 'critical';
  expect(violations.filter(serious).map((violation) => violation.id)).toEqual([]);

  await page.getByLabel('Name, account or number').fill('lost 2');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByText('1 opportunity found')).toBeVisible();
  const release = page.getByRole('button', { name: 'Mark 2 opportunities as gone' });
  await page
    .getByLabel('Why', { exact: true })
    .first()
    .fill('The CRM’s administrator removed them.');
  await release.click();
  // Nothing happens before the tick.
  await expect(page.getByRole('heading', { name: 'What the CRM did not send: 2' })).toBeVisible();
  await page.getByLabel(/2 opportunities will read as gone/).check();
  await release.click();
  await expect(page.getByText('2 opportunities marked as gone', { exact: true })).toBeVisible();
  await expect(page.getByText('The CRM’s administrator removed them.')).toBeVisible();
  await expect(page.getByText('gone from CRM')).toHaveCount(2);
});

test('without scripts a held sync is dropped, and the second person is told who did it', async ({
  browser,
  facts,
}) => {
  const id = await heldRun(facts);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: facts.url });
  await signIn(context, facts, 'manager');
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    await page.goto(`/sync/runs/${id}`);
    await page.getByLabel('Why', { exact: true }).last().fill('Its account had lost a role.');
    await page.getByLabel(/2 opportunities will stay as they are/).check();
  }
  await first.getByRole('button', { name: 'Keep 2 opportunities' }).click();
  await expect(first.getByText('Held, then dropped: Maya Manager kept 2')).toBeVisible();
  await second.getByRole('button', { name: 'Keep 2 opportunities' }).click();
  await expect(second.getByRole('alert')).toContainText('You decided on this run already');
  await context.close();
});
