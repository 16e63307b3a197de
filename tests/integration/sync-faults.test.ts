import { afterEach, describe, expect, it } from 'vitest';
import { pool } from '#app/lib/db.server.ts';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';
import type { Fault } from '#dev/crm/server.ts';

const crm = useSimulator({ opportunities: 700, pageCap: 100 });
const parts = () => partsFor(configFor(crm(), { timeoutMs: 300 }));
const login = { kind: 'basic', username: 'bqs-integration', password: 'wrong' } as const;

afterEach(() => crm().faults.clear());

describe('a sync of a CRM that misbehaves', () => {
  it('ends with words also where the CRM’s own hold what no database can', async () => {
    const body = 'JBO-27024: bad \0 value, half \ud83d of a letter';
    crm().faults.add({ kind: 'status', status: 400, body });
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'FAILED', fault: 'rejected' });
    expect(log.error_message).toMatch(/JBO-27024: bad\s+value/);
  });

  it.each<[string, Fault]>([
    ['429 with seconds', { kind: 'too-many-requests', retryAfter: 1, times: 3 }],
    ['429 with a date', { kind: 'too-many-requests', retryAfter: 'date', seconds: 1, times: 2 }],
    ['429 without a word', { kind: 'too-many-requests', times: 2 }],
    ['503 as a web page', { kind: 'status', status: 503, times: 3 }],
    ['500', { kind: 'status', status: 500, times: 2 }],
    ['a login page with 200, once', { kind: 'html', match: { nth: 3 } }],
    ['truncated JSON, once', { kind: 'truncated', match: { nth: 3 } }],
    ['a connection cut, once', { kind: 'cut', match: { nth: 3 } }],
    ['a reset, once', { kind: 'reset', match: { nth: 3 } }],
    ['an answer that never comes, once', { kind: 'hang', match: { nth: 2 } }],
    ['an empty page in the middle, once', { kind: 'empty-page', match: { nth: 3 } }],
    ['a smaller cap from now on', { kind: 'cap', cap: 33, match: { afterRequests: 2 } }],
    ['hasMore false too early', { kind: 'has-more-false' }],
    ['hasMore true for ever', { kind: 'has-more-true' }],
    ['totals that lie', { kind: 'total', total: 3 }],
    ['a clock ten minutes ahead', { kind: 'clock', minutes: 10 }],
  ])('gets through %s with the whole copy', async (_name, fault) => {
    crm().faults.add(fault);
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'SUCCESS', total_fetched: 700, removed_records: 0 });
    expect((await copied()).size).toBe(700);
  });

  it.each<[string, Fault, RegExp]>([
    ['a login page with 200', { kind: 'html' }, /200 with a web page/],
    ['a redirect', { kind: 'redirect' }, /redirected us \(302\)/],
    ['ids out of order', { kind: 'ignore-order' }, /ignores the order/],
    ['a filter ignored', { kind: 'ignore-q' }, /ignores the order or the filter/],
    ['endless 503', { kind: 'status', status: 503 }, /not available \(503\)/],
    [
      'truncated JSON for good',
      { kind: 'truncated', match: { afterRequests: 3 } },
      /broken or unexpected JSON|could not be reached/,
    ],
  ])('fails on %s, in words, and marks nothing', async (_name, fault, words) => {
    const before = await copied();
    crm().faults.add(fault);
    const { log } = await sync('FULL', parts());
    expect(log).toMatchObject({ status: 'FAILED', removed_records: 0, watermark_to: null });
    expect(log.error_message).toMatch(words);
    expect(await copied()).toEqual(before);
    expect((await pool.query('SELECT FROM sync_missing')).rowCount).toBe(0);
  });

  it('stops at once on a wrong password and says what to check', async () => {
    const asked = crm().requests;
    const { log } = await sync('FULL', partsFor(configFor(crm(), { credentials: login })));
    expect(log).toMatchObject({ status: 'FAILED' });
    expect(log.error_message).toMatch(/refused our credentials \(401\).*ORACLE_USERNAME/);
    expect(log.error_message).not.toContain('wrong');
    // Once for the description, which the CRM may keep from us, and once for the first page.
    expect(crm().requests - asked).toBe(2);
  });

  it('does not move the watermark on a failure, so the next delta loses nothing', async () => {
    const [deal] = crm().dataset.all();
    crm().dataset.update(deal!.OptyId as bigint, { Name: 'while it was down' });
    crm().faults.add({ kind: 'status', status: 502 });
    expect((await sync('INCREMENTAL', parts())).log.status).toBe('FAILED');
    crm().faults.clear();
    expect((await sync('INCREMENTAL', parts())).log).toMatchObject({
      status: 'SUCCESS',
      updated_records: 1,
    });
  });
});
