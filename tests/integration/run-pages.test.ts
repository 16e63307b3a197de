import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracleFaults, syncFaults } from '#app/domain/sync-fault.ts';
import { endingWords } from '#app/domain/run-ending.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { releaseHeldSync } from '#app/services/release-held-sync.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { fillChanges } from '../factories/changes.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';

let app: Application;
let runId: string;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  app = await startApplication();
  for (const who of ['manager', 'head'])
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  await fillOpportunities(pool, { rows: 400 });
  await createOpportunity(db, { name: 'Hidden from the head', practice: 'Elsewhere' });
  await createOpportunity(db, { name: 'Seen by the head', practice: null });
  runId = await fillChanges(pool);
  await pool.query(
    `INSERT INTO opportunity_changes (opportunity_id, sync_log_id, kind, field, before, after)
     SELECT id, $1, 'UPDATED', 'deal_value', '1.50', NULL FROM opportunities WHERE name LIKE '% the head'`,
    [runId],
  );
});
afterAll(() => app.stop());

async function look(who: string, path: string, status = 200): Promise<string> {
  const response = await fetch(app.url + path, { headers: { Cookie: cookies[who] ?? '' } });
  expect([path, response.status]).toEqual([path, status]);
  return response.text();
}

function post(who: string, path: string, form: Record<string, string>): Promise<Response> {
  return fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[who] ?? '', Origin: app.url },
    body: new URLSearchParams(form),
  });
}

async function endedRun(columns: Record<string, string>): Promise<string> {
  const row = { sync_type: 'FULL', trigger: 'SCHEDULE', ...columns };
  const names = Object.keys(row);
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO sync_logs (${names.join(', ')}, completed_at)
     VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}, now()) RETURNING id::text`,
    Object.values(row),
  );
  return rows[0]!.id;
}

/** A held run that misses the first opportunities. */
async function heldRun(missing: number): Promise<string> {
  const id = await endedRun({ status: 'HELD', held_cause: 'MISSING', error_message: 'Too much.' });
  await pool.query(
    `INSERT INTO sync_missing SELECT $1, id FROM opportunities WHERE gone_since IS NULL
     ORDER BY id LIMIT $2`,
    [id, missing],
  );
  return id;
}

describe('the page of what a run changed', () => {
  it('begins with what is decided, in one sentence that leads to the lists', async () => {
    const page = await look('manager', `/sync/runs/${runId}`);
    expect(page).toMatch(/decided opportunit(y|ies)/);
    expect(page).toContain(`/sync/runs/${runId}?touch=decided#changes`);
    expect(page).toContain('>Decided</h3>');
    expect(page).toContain('Next page');
    for (const show of ['changed', 'gone', 'reappeared', 'new', 'closed', 'reopened'])
      await look('manager', `/sync/runs/${runId}?show=${show}`);
  });

  it('shows fields before and after by the names people use', async () => {
    const page = await look('head', `/sync/runs/${runId}?show=changed`);
    expect(page).toContain('Seen by the head');
    expect(page).toMatch(/Amount<\/dt>[\s\S]*?1\.50[\s\S]*?not set in CRM/);
  });

  it('keeps from a practice head what is not theirs, in lists, counts and the file', async () => {
    const page = await look('head', `/sync/runs/${runId}`);
    expect(page).toContain('Only the opportunities you may see');
    const file = await look('head', `/sync/runs/${runId}/export`);
    const whole = await look('manager', `/sync/runs/${runId}/export`);
    for (const text of [page, file]) expect(text).not.toContain('Hidden from the head');
    expect(file).toContain('Seen by the head');
    expect(whole).toContain('Hidden from the head');
    const { rows } = await pool.query('SELECT FROM opportunity_changes WHERE sync_log_id = $1', [
      runId,
    ]);
    expect(whole.trim().split('\r\n')).toHaveLength(rows.length + 1);
  });

  it('refuses an address that asks for nothing there is', async () => {
    for (const odd of ['?show=none', '?touch=none', '?after=1'])
      await look('manager', `/sync/runs/${runId}${odd}`, 400);
    await look('manager', '/sync/runs/999999999', 404);
    await look('manager', '/sync/runs/none/export', 404);
  });
});

describe('the end of a run', () => {
  it.each(syncFaults)('by %s is told with what it means and what to do', async (fault) => {
    const id = await endedRun({ status: 'FAILED', fault, error_message: 'What the CRM said.' });
    const page = await look('manager', `/sync/runs/${id}`);
    const { name, meaning } = endingWords(fault, 'SYNC');
    for (const words of [name, meaning, 'What the CRM said.', 'What to do:'])
      expect(page).toContain(words);
    expect(await look('manager', '/sync?outcome=FAILED')).toContain(name);
    expect(oracleFaults.length).toBeGreaterThan(9);
  });

  it('leads to the fields where one has vanished', async () => {
    const id = await endedRun({
      status: 'HELD',
      held_cause: 'FIELD_VANISHED',
      error_message: 'Practice_c is gone.',
    });
    expect(await look('manager', `/sync/runs/${id}`)).toContain('href="/sync/fields"');
    await pool.query(`UPDATE sync_logs SET status = 'CANCELLED' WHERE id = $1`, [id]);
  });
});

describe('a run that was closed or whose updates no list shows', () => {
  const plain = (text: string) => text.replaceAll('<!-- -->', '');

  it('says that nothing was read of one held for a field, in its page and in the list', async () => {
    const id = await endedRun({ status: 'CANCELLED', held_cause: 'FIELD_VANISHED' });
    const page = await look('manager', `/sync/runs/${id}`);
    expect(page).toContain('Nothing was read and nothing was written.');
    expect(page).not.toContain('What the CRM sent is applied');
    expect(await look('manager', '/sync?outcome=CANCELLED')).toContain('Held, then closed');
  });

  it('shows no watermark that does not count, and one that does', async () => {
    const watermark_to = '2027-03-03T00:00:00Z';
    const kept = { status: 'CANCELLED', held_cause: 'MISSING', watermark_to };
    const page = await look('manager', `/sync/runs/${await endedRun(kept)}`);
    expect(page).toMatch(/CRM changes up to<\/dt><dd>not moved/);
    const done = await endedRun({ status: 'SUCCESS', watermark_to });
    expect(await look('manager', `/sync/runs/${done}`)).not.toContain('not moved');
  });

  it('accounts for updates that changed no column, and promises changes while it runs', async () => {
    const id = await endedRun({ status: 'SUCCESS', updated_records: '1938' });
    const words = '1,938 were written anew because the CRM wrote them differently';
    expect(plain(await look('manager', `/sync/runs/${id}`))).toContain(words);
    expect(plain(await look('head', `/sync/runs/${id}`))).not.toContain('written anew');
    const running = await endedRun({ status: 'RUNNING', updated_records: '5' });
    const page = await look('manager', `/sync/runs/${running}`);
    await pool.query('DELETE FROM sync_logs WHERE id = $1', [running]);
    expect(page).toContain('Changes are listed as they come');
    expect(page).not.toMatch(/Nothing new and nothing changed|written anew|sync sync/);
    expect(plain(page)).toMatch(/Running: full sync</);
  });
});

describe('a held run', () => {
  const whole = { intent: 'release', reason: 'The CRM was cleaned up.', confirmed: 'yes' };

  it('shows both figures, the threshold and its whole list, and the banner leads to it', async () => {
    const id = await heldRun(120);
    const page = await look('manager', `/sync/runs/${id}`);
    expect(page).toContain('20 at most');
    expect(page).toContain('What the CRM did not send: 120');
    const next = /href="([^"]*place=[^"]*)"/.exec(page)?.[1]?.replace('&amp;', '&') ?? '';
    expect(await look('manager', next.split('#')[0] ?? '')).toContain('First page');
    expect(await look('manager', `/sync/runs/${id}?q=zzzz`)).toContain('None of them has');
    await look('manager', `/sync/runs/${id}?place=x`, 400);
    expect(await look('manager', '/')).toContain(`href="/sync/runs/${id}"`);
    expect(await look('head', `/sync/runs/${id}`)).not.toContain('name="confirmed"');
    await post('manager', `/sync/runs/${id}`, { ...whole, intent: 'drop', count: '120' });
  });

  it('keeps what was typed where it is refused', async () => {
    const id = await heldRun(3);
    const path = `/sync/runs/${id}`;
    const form = { ...whole, count: '3' };
    const short = await post('manager', path, { ...form, reason: 'why' });
    expect(short.status).toBe(400);
    expect(await short.text()).toMatch(/in at least 5 characters[\s\S]*|>why<\/textarea>/);
    const { confirmed: _confirmed, ...unticked } = form;
    const answer = await post('manager', path, unticked);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('The CRM was cleaned up.');
    expect((await post('head', path, form)).status).toBe(403);
    expect((await post('manager', path, { ...form, count: '4' })).status).toBe(409);
    expect((await post('manager', path, { ...form, intent: 'burn' })).status).toBe(400);
    const { rows } = await pool.query('SELECT status FROM sync_logs WHERE id = $1', [id]);
    expect(rows).toEqual([{ status: 'HELD' }]);
    await post('manager', path, { ...form, intent: 'drop' });
  });

  it('is decided once with its reason; the second is told who did what', async () => {
    const id = await heldRun(25);
    const path = `/sync/runs/${id}`;
    const other = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
    await releaseHeldSync({ runId: id, actor: other, reason: 'They were sold.' });
    const second = await post('manager', path, { ...whole, count: '25', intent: 'drop' });
    expect(second.status).toBe(409);
    expect(await second.text()).toContain(
      'Mona Manager decided on this run already and marked 25 opportunities as gone',
    );
    const page = await look('manager', path);
    expect(page).toMatch(/Mona Manager had 25 opportunities marked as gone[\s\S]*They were sold\./);
    expect(await look('manager', `/audit?subject=sync_run:${id}`)).toContain('They were sold.');
    expect(await look('manager', `${path}?show=gone`)).toContain('gone from CRM');
  });

  it('is dropped with its reason, and nothing is marked', async () => {
    const before = await db.opportunity.count({ where: { goneSince: null } });
    const id = await heldRun(30);
    const form = { ...whole, intent: 'drop', count: '30', reason: 'A role was cut.' };
    const done = await post('manager', `/sync/runs/${id}`, form);
    expect([done.status, done.headers.get('Location')]).toEqual([302, `/sync/runs/${id}`]);
    expect(await look('manager', `/sync/runs/${id}`)).toContain('A role was cut.');
    expect(await db.opportunity.count({ where: { goneSince: null } })).toBe(before);
    const again = await post('manager', `/sync/runs/${id}`, form);
    expect(await again.text()).toContain('You decided on this run already');
  });
});

describe('the list of runs', () => {
  it('reaches every run, page by page, and is narrowed by kind and outcome', async () => {
    const backfill = await endedRun({ status: 'SUCCESS', purpose: 'BACKFILL' });
    for (let at = 0; at < 40; at++) await endedRun({ status: 'SUCCESS' });
    const found = new Set<string>();
    for (let path = '/sync'; path;) {
      const page = await look('manager', path);
      for (const [, id] of page.matchAll(/href="\/sync\/runs\/(\d+)"/g)) found.add(id ?? '');
      path = /href="(\/sync\?before=\d+)"/.exec(page)?.[1] ?? '';
    }
    const { rows } = await pool.query<{ id: string }>('SELECT id::text FROM sync_logs');
    expect([...found].toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    const narrowed = await look('manager', '/sync?kind=BACKFILL');
    expect(narrowed).toContain(`/sync/runs/${backfill}"`);
    expect(narrowed).not.toContain(`/sync/runs/${runId}"`);
    expect(await look('head', '/sync?kind=REPLAY')).toContain('No run is of this kind');
    await look('manager', '/sync?kind=none', 400);
  });

  it('says of what writes nothing what it found, not zeros', async () => {
    const preview = JSON.stringify({ new: 1, updated: 5, missing: 3, settled: true });
    const dry = { purpose: 'DRY_RUN', total_fetched: '9', preview };
    const id = await endedRun({ status: 'SUCCESS', ...dry });
    const list = (await look('manager', '/sync?kind=DRY_RUN')).replaceAll('<!-- -->', '');
    expect(list).toContain('would add 1, change 5');
    for (const label of ['New', 'Updated', 'Quarantined', 'Gone'])
      expect(list).toMatch(new RegExp(`data-label="${label}"[^>]*>–<`));
    expect(await look('manager', `/sync/runs/${id}`)).toContain(
      '3 were not sent: they would be asked for one by one',
    );
    await endedRun({ status: 'FAILED', ...dry });
    const broken = (await look('manager', '/sync?kind=DRY_RUN')).replaceAll('<!-- -->', '');
    expect(broken).toContain('so far: would add 1, change 5');
  });
});
