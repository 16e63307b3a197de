import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '#dev/crm/server.ts';
import { createOracleClient } from '#jobs/oracle/client.ts';
import type { OracleConfig } from '#jobs/oracle/config.ts';
import { opportunityPages } from '#jobs/oracle/pages.ts';
import { configFor, hurried, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 1000, pageCap: 100, tokenSeconds: 3600 });

afterEach(() => crm().faults.clear());

const oauth = (changes: object = {}): Partial<OracleConfig> => ({
  credentials: {
    kind: 'oauth',
    tokenUrl: `${crm().url}/oauth2/v1/token`,
    clientId: 'bqs-client',
    clientSecret: 'bqs-demo-client-secret',
    scope: 'urn:opc:resource:consumer::all',
    ...changes,
  },
});

async function drain(changes: Partial<OracleConfig>, signal = new AbortController().signal) {
  const sizes: number[] = [];
  const retries: { message: string; pageSize: number }[] = [];
  const client = createOracleClient(configFor(crm(), changes), {
    pace: hurried,
    onRetry: (retry) => retries.push(retry),
  });
  for await (const page of opportunityPages(client, { after: 0n, since: null, signal }))
    sizes.push(page.records.length);
  return { total: sizes.reduce((sum, size) => sum + size, 0), sizes, retries };
}

describe('the client of the CRM', () => {
  it('fetches one OAuth token for a whole sweep', async () => {
    const before = crm().requests;
    const { sizes, total } = await drain(oauth());
    expect(total).toBe(1000);
    // The pages, the end said twice, and the one token.
    expect(crm().requests - before).toBe(sizes.length + 2 + 1);
  });

  it('fetches a second token once when the first is revoked', async () => {
    const before = crm().requests;
    crm().faults.add({ kind: 'revoke-tokens', match: { nth: 4 } });
    const { sizes, total } = await drain(oauth());
    expect(total).toBe(1000);
    expect(crm().requests - before).toBe(sizes.length + 2 + 2 + 1);
  });

  it('says that the token server refused, without the secret', async () => {
    const refused = drain(oauth({ clientSecret: 'not-it' }));
    await expect(refused).rejects.toThrow(/token server refused our OAuth client \(invalid_client/);
    await expect(refused).rejects.not.toThrow(/not-it/);
  });

  it('asks for half as much after a timeout', async () => {
    crm().faults.add({ kind: 'hang', times: 2 });
    // Long enough that only the two that hang time out, however busy the machine.
    const { total, retries, sizes } = await drain({ timeoutMs: 3000, pageSize: 80 });
    expect(total).toBe(1000);
    expect(retries.map((retry) => retry.pageSize)).toEqual([40, 25]);
    expect(Math.max(...sizes)).toBe(25);
  });

  it('stops waiting when it is told to', async () => {
    const controller = new AbortController();
    crm().faults.add({ kind: 'hang' });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    const began = Date.now();
    await expect(drain({ timeoutMs: 30_000 }, controller.signal)).rejects.toThrow('enough');
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('sees only what the finder shows', async () => {
    const all = await drain({
      finder:
        'MyOpportunitiesFinder;RecordSet=ALLOPTIES,OptyStatusCode=OPEN,EffectiveBeginDate=2000-01-01,EffectiveEndDate=2100-01-01',
    });
    expect(all.total).toBe(
      crm()
        .dataset.all()
        .filter((sent) => sent.StatusCode === 'OPEN' && sent.EffectiveDate !== null).length,
    );
  });
});

describe('a single record', () => {
  const client = () => createOracleClient(configFor(crm()), { pace: hurried });
  const signal = new AbortController().signal;
  const some = () => {
    const { OptyId, OptyNumber } = crm().dataset.all()[500]!;
    return { remoteId: OptyId as bigint, remoteNumber: OptyNumber as string };
  };
  const byNumber = { resource: 'record' } as const;

  it('is found by its number, and by its id where the number is another’s', async () => {
    const key = some();
    const text = (await client().record(key, signal))!.text;
    expect(text).toContain(`"OptyId":${key.remoteId}`);
    const another = crm().dataset.all()[7]!.OptyNumber as string;
    expect((await client().record({ ...key, remoteNumber: another }, signal))!.text).toBe(text);
  });

  it('is none where its number leads nowhere, or to another and its id nowhere', async () => {
    const key = some();
    const another = crm().dataset.all()[7]!.OptyNumber as string;
    crm().dataset.hide(key.remoteId);
    expect(await client().record(key, signal)).toBeNull();
    expect(await client().record({ ...key, remoteNumber: another }, signal)).toBeNull();
    crm().dataset.show(key.remoteId);
  });

  it.each<[Fault, RegExp]>([
    [{ kind: 'error-with-200', match: byNumber }, /200 with an error \(JBO-26061/],
    [{ kind: 'blank', match: byNumber }, /200 with nothing instead of/],
    [{ kind: 'html', match: byNumber }, /200 with a web page/],
    [{ kind: 'no-items', match: byNumber }, /instead of an opportunity/],
    [{ kind: 'status', status: 500, match: byNumber }, /not available \(500\)/],
  ])('is not taken for none on %j', async (fault, words) => {
    crm().faults.add(fault);
    await expect(client().record(some(), signal)).rejects.toThrow(words);
  });

  it('is not taken for none where the CRM ignores the filter by id', async () => {
    crm().faults.add({ kind: 'ignore-q' });
    const another = { ...some(), remoteNumber: crm().dataset.all()[7]!.OptyNumber as string };
    await expect(client().record(another, signal)).rejects.toThrow(/ignores the filter/);
  });
});

describe('the end of a walk', () => {
  it('is not believed without the record before it, where more was to follow', async () => {
    crm().faults.add({ kind: 'empty-page', times: 5, match: { afterRequests: 3 } });
    expect((await drain({})).total).toBe(1000);
    crm().faults.clear();
    crm().faults.add({ kind: 'empty-page', match: { afterRequests: 3 } });
    await expect(drain({})).rejects.toThrow(/nothing after OptyId \d+, though by its own word/);
  });

  it('is believed with it, however often the CRM says that more follows', async () => {
    const before = crm().requests;
    crm().faults.add({ kind: 'has-more-true' });
    const { sizes, total } = await drain({});
    expect([total, crm().requests - before]).toEqual([1000, sizes.length + 2]);
  });

  it('is believed where the last record has gone and nothing was to follow', async () => {
    const last = crm().dataset.all().at(-1)!.OptyId as bigint;
    crm().faults.add({ kind: 'empty-page', match: { cursorAbove: String(last - 1n) } });
    expect((await drain({})).total).toBe(1000);
  });

  it('is no list that says it is not empty', async () => {
    crm().faults.add({ kind: 'count', count: 7, match: { afterRequests: 10 } });
    await expect(drain({})).rejects.toThrow('sent 0 records and said they were 7');
  });
});
