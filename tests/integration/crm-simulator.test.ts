import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrmSimulator, type CrmSimulator } from '#dev/crm/server.ts';

const now = new Date('2026-03-10T09:00:00.000Z');
const root = '/crmRestApi/resources/11.13.18.05';
const basic = `Basic ${btoa('bqs-integration:bqs-demo-crm')}`;

interface Page {
  items: Record<string, unknown>[];
  count: number;
  hasMore: boolean;
  limit: number;
  offset: number;
  totalResults?: number;
}

let crm: CrmSimulator;

beforeAll(async () => {
  crm = await startCrmSimulator({ opportunities: 1500, seed: 3, clock: () => now });
});

afterAll(() => crm.stop());

function call(path: string, framework = 4, init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: basic, 'REST-Framework-Version': String(framework) };
  return fetch(crm.url + path, {
    redirect: 'manual',
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string>) },
  });
}

async function page(query: Record<string, string>, framework = 4): Promise<Page> {
  const response = await call(`${root}/opportunities?${new URLSearchParams(query)}`, framework);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Page;
}

async function refusal(query: Record<string, string>, framework = 4): Promise<number> {
  return (await call(`${root}/opportunities?${new URLSearchParams(query)}`, framework)).status;
}

describe('metadata', () => {
  it('lists the versions and what framework versions each allows', async () => {
    const { items } = (await (await call('/crmRestApi/resources/')).json()) as Page;
    expect(items[0]).toMatchObject({ version: '11.13.18.05', isLatest: true });
    expect(items[0]!['adf:extension']).toMatchObject({ defaultFrameworkVersion: '1' });
  });

  it('describes the resource under Resources.opportunities', async () => {
    const body = (await (await call(`${root}/opportunities/describe`)).json()) as {
      Resources: {
        opportunities: { attributes: Page['items']; collection: { finders: Page['items'] } };
      };
    };
    const { attributes, collection } = body.Resources.opportunities;
    const found = (name: string) => attributes.find((attribute) => attribute.name === name);
    expect(found('OptyId')).toMatchObject({ type: 'integer', queryable: true });
    expect(found('UpdateFlag')).toMatchObject({ queryable: false });
    expect(found('Practice_c')).toBeDefined();
    expect(found('PRINT')).toBeUndefined();
    expect(collection.finders.map(({ name }) => name)).toContain('MyOpportunitiesFinder');
  });

  it('answers 404 for another version or resource, and for an item that is not there', async () => {
    expect((await call('/crmRestApi/resources/9.9/opportunities')).status).toBe(404);
    expect((await call(`${root}/leads`)).status).toBe(404);
    expect((await call(`${root}/opportunities/none-such`)).status).toBe(404);
    expect((await call('/crmRestApi/resources/latest/opportunities?limit=1')).status).toBe(200);
  });
});

describe('the collection', () => {
  it('has the documented envelope and no more', async () => {
    const keys = ['count', 'hasMore', 'items', 'limit', 'links', 'offset'];
    const bare = await page({});
    expect(Object.keys(bare).sort()).toEqual(keys);
    expect(bare).toMatchObject({ count: 25, limit: 25, offset: 0, hasMore: true });
    const counted = await page({ totalResults: 'true', limit: '3' });
    expect(Object.keys(counted).sort()).toEqual([...keys, 'totalResults'].sort());
    expect(counted.totalResults).toBe(1500);
  });

  it('clamps the page in silence and says so in limit alone', async () => {
    const { count, limit, hasMore } = await page({ limit: '5000', onlyData: 'true' });
    expect({ count, limit, hasMore }).toEqual({ count: 499, limit: 499, hasMore: true });
  });

  it('answers no rows beyond the end, and 400 to a limit that is no number', async () => {
    expect(await page({ offset: '9000' })).toMatchObject({ items: [], count: 0, hasMore: false });
    expect(await refusal({ limit: 'many' })).toBe(400);
    expect(await refusal({ offset: '-1' })).toBe(400);
  });

  it('has no order of its own, yet the same one twice', async () => {
    const query = { limit: '100', fields: 'OptyId', onlyData: 'true' };
    const first = await page(query);
    const ids = first.items.map(({ OptyId }) => Number(OptyId));
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
    expect((await page(query)).items).toEqual(first.items);
  });

  it('orders by what is asked, either way, and refuses unknown names', async () => {
    const query = { limit: '499', onlyData: 'true', fields: 'WinProb,OptyNumber' };
    const { items } = await page({ ...query, orderBy: 'WinProb:desc,OptyNumber' });
    const known = items
      .filter(({ WinProb }) => WinProb !== null)
      .map(({ WinProb }) => Number(WinProb));
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(await refusal({ orderBy: 'CloseDate' })).toBe(400);
    expect(await refusal({ orderBy: 'OptyId:up' })).toBe(400);
  });

  it('gives only the fields asked for, and links unless told onlyData', async () => {
    const { items } = await page({ limit: '1', fields: 'OptyId,Name' });
    expect(Object.keys(items[0]!)).toEqual(['OptyId', 'Name', 'links']);
    const bare = await page({ limit: '1', fields: 'OptyId,Name', onlyData: 'true' });
    expect(Object.keys(bare.items[0]!)).toEqual(['OptyId', 'Name']);
    expect(await refusal({ fields: 'OptyId,OwnerName' })).toBe(400);
  });

  it('walks every row once by keyset, in any framework version', async () => {
    for (const framework of [1, 4]) {
      const ids: string[] = [];
      for (;;) {
        const q = `OptyId > ${ids.at(-1) ?? '0'}`;
        const query = { q, orderBy: 'OptyId:asc', limit: '499', onlyData: 'true' };
        const text = await (
          await call(`${root}/opportunities?${new URLSearchParams(query)}`, framework)
        ).text();
        const found = [...text.matchAll(/"OptyId":(\d+)/g)].map((match) => match[1]!);
        if (found.length === 0) break;
        ids.push(...found);
      }
      expect(ids).toEqual(crm.dataset.all().map(({ OptyId }) => String(OptyId)));
    }
  });

  it('writes long numbers as exact tokens, and as strings in framework 9', async () => {
    const last = String(crm.dataset.all().at(-1)!.OptyId);
    const path = `${root}/opportunities?q=OptyId=${last}&fields=OptyId;ChildRevenue:OptyId`;
    expect(await (await call(path)).text()).toContain(`"OptyId":${last}`);
    const ninth = await (await call(path, 9)).text();
    expect(ninth.split(`"OptyId":"${last}"`)).toHaveLength(3);
    expect(ninth).toContain('"@context"');
  });

  it('expands children as arrays up to framework 2 and as collections later', async () => {
    const query = { limit: '1', expand: 'ChildRevenue', onlyData: 'true' };
    expect((await page(query, 1)).items[0]!.ChildRevenue).toHaveLength(1);
    expect((await page(query, 4)).items[0]!.ChildRevenue).toMatchObject({
      count: 1,
      hasMore: false,
    });
    const both = await page({ ...query, fields: 'OptyId;OpportunityResource:PartyName' }, 1);
    expect(Object.keys(both.items[0]!)).toEqual(['OptyId', 'OpportunityResource']);
  });
});

describe('filters', () => {
  const all = { limit: '499', onlyData: 'true' };
  const rows = (test: (record: Record<string, unknown>) => boolean) =>
    crm.dataset.all().filter(test).length;
  const total = async (q: string, framework = 4) =>
    (await page({ ...all, q, totalResults: 'true' }, framework)).totalResults;

  it('keep each grammar to its framework versions', async () => {
    expect(await refusal({ q: 'OptyId>5;StatusCode=OPEN' }, 1)).toBe(200);
    expect(await refusal({ q: 'OptyId>5;StatusCode=OPEN' }, 2)).toBe(400);
    expect(await refusal({ q: "OptyId > 5 AND StatusCode = 'OPEN'" }, 2)).toBe(200);
    expect(await refusal({ q: "OptyId > 5 AND StatusCode = 'OPEN'" }, 1)).toBe(400);
  });

  it('count what they say', async () => {
    const open = rows(({ StatusCode }) => StatusCode === 'OPEN');
    expect(await total('StatusCode=OPEN', 1)).toBe(open);
    expect(await total("StatusCode = 'OPEN'")).toBe(open);
    expect(await total("StatusCode NOT IN ('WON','LOST','NO_SALE')")).toBe(open);
    const unset = rows(({ Practice_c }) => Practice_c === null);
    expect(await total('Practice_c IS NULL')).toBe(unset);
    expect(await total('Practice_c!=null', 1)).toBe(1500 - unset);
    expect(await total("UPPER(Name) LIKE '%CLOUD%'")).toBe(
      rows(({ Name }) => String(Name).toUpperCase().includes('CLOUD')),
    );
    expect(await total('WinProb BETWEEN 20 AND 40')).toBe(
      rows(({ WinProb }) => WinProb !== null && Number(WinProb) >= 20 && Number(WinProb) <= 40),
    );
  });

  it('read instants however they are written, and refuse what is none', async () => {
    const since = (stamp: number) =>
      rows(({ LastUpdateDate }) => Date.parse(String(LastUpdateDate)) >= stamp);
    const midnight = since(Date.UTC(2026, 2, 1));
    expect(await total('LastUpdateDate>=2026-03-01', 1)).toBe(midnight);
    expect(await total("LastUpdateDate >= '2026-03-01T00:00:00.000+00:00'")).toBe(midnight);
    expect(await total("LastUpdateDate >= '2026-02-28 17:00:00' AND OptyId > 0")).toBe(
      since(Date.UTC(2026, 1, 28, 17)),
    );
    expect(await total("LastUpdateDate >= '2026-02-28T17:00:00-07:00'")).toBe(midnight);
    expect(await refusal({ q: "LastUpdateDate >= '2026-02-30'" })).toBe(400);
    expect(await refusal({ q: "LastUpdateDate >= 'yesterday'" })).toBe(400);
  });

  it('refuse attributes that are unknown or not queryable', async () => {
    expect(await refusal({ q: "RecordSet = 'ALL'" })).toBe(400);
    expect(await refusal({ q: "StatusCd = 'OPEN'" })).toBe(400);
    expect(await refusal({ q: 'UpdateFlag = true' })).toBe(400);
    expect(await refusal({ q: "OptyId > 'abc'" })).toBe(400);
  });

  it('narrow by finder, whose scope is small until its variables widen it', async () => {
    const count = async (finder: string) =>
      (await page({ ...all, finder, totalResults: 'true' })).totalResults!;
    const wide = 'EffectiveBeginDate=2000-01-01,EffectiveEndDate=2099-12-31';
    const dated = rows(({ EffectiveDate }) => EffectiveDate !== null);
    expect(
      await count(`MyOpportunitiesFinder;RecordSet='ALLOPTIES',OptyStatusCode=ALL,${wide}`),
    ).toBe(dated);
    expect(
      await count(`MyOpportunitiesFinder;RecordSet=ALLOPTIES,OptyStatusCode=WON,${wide}`),
    ).toBe(rows(({ StatusCode, EffectiveDate }) => StatusCode === 'WON' && EffectiveDate !== null));
    expect(await count('MyOpportunitiesFinder')).toBeLessThan(
      await count('MyOpportunitiesFinder;RecordSet=ALLOPTIES'),
    );
    expect(await count(`PrimaryKey;OptyId=${crm.dataset.all()[4]!.OptyId}`)).toBe(1);
    expect(await refusal({ finder: 'AllOpportunitiesFinder' })).toBe(400);
    expect(
      await refusal({ finder: 'MyOpportunitiesFinder;RecordSet=ALLOPTIES;OptyStatusCode=WON' }),
    ).toBe(400);
  });
});

describe('a kept pipeline', () => {
  it('goes on where it was after a restart', async () => {
    const dataFile = join(mkdtempSync(join(tmpdir(), 'bqs-crm-')), 'crm.jsonl');
    const first = await startCrmSimulator({ opportunities: 40, dataFile });
    first.dataset.evolve(20);
    const before = first.dataset.texts();
    await first.stop();
    const second = await startCrmSimulator({ opportunities: 40, dataFile });
    expect(second.dataset.texts()).toEqual(before);
    second.dataset.evolve(20);
    await second.stop();
  });
});
