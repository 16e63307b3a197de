import { describe, expect, it } from 'vitest';
import { startCrmSimulator, type Fault } from '#dev/crm/server.ts';
import { call, crm, keyset, now, rows } from './crm-simulator-setup.ts';

describe('answers whose bytes or headers are wrong', () => {
  it('packed, and the pack broken', async () => {
    crm.faults.add({ kind: 'gzip-broken', times: 1 });
    await expect(call().then((response) => response.text())).rejects.toThrow();
  });

  it('hold a byte that is no text', async () => {
    crm.faults.add({ kind: 'broken-bytes', times: 1 });
    const bytes = await (await call()).arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  });

  it('name another content', async () => {
    crm.faults.add({ kind: 'content-type', contentType: 'text/html', times: 1 });
    const response = await call();
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(JSON.parse(await response.text())).toHaveProperty('items');
  });
});

describe('answers written wrongly', () => {
  const text = async (kind: Fault['kind'], path = keyset, more: Partial<Fault> = {}) => {
    crm.faults.add({ kind, times: 1, ...more });
    return (await call(path)).text();
  };
  const read = (json: string) => JSON.parse(json) as { items: object[]; count?: number };

  it.each<[Fault['kind'], number, number | undefined]>([
    ['list-cut', 5, 10],
    ['list-closed', 5, undefined],
    ['hole', 9, 10],
    ['twice-on-page', 11, 11],
  ])('%s holds %i records and counts %s', async (kind, items, count) => {
    const page = read(await text(kind));
    expect([page.items.length, page.count]).toEqual([items, count]);
  });

  it('count what is not there, close with the wrong bracket, hold two lists', async () => {
    expect(read(await text('count', keyset, { count: 77 })).count).toBe(77);
    const wrong = await text('wrong-closing');
    expect(wrong).toMatch(/\}\}\}$/);
    expect(() => read(wrong)).toThrow(SyntaxError);
    expect(await text('items-twice')).toMatch(/^\{"items":\[\],"items":\[\{/);
  });

  it('write numbers as text or with an exponent, on a page and alone', async () => {
    const [first] = read(await (await call()).text()).items as { OptyId: number }[];
    const asText = read(await text('numbers-as-text')).items[0];
    expect(asText).toMatchObject({ OptyId: String(first!.OptyId) });
    const { OptyNumber } = crm.dataset.get(first!.OptyId)!;
    const alone = await text('numbers-as-exponents', `/${String(OptyNumber)}?onlyData=true`);
    expect(alone).toMatch(/"OptyId":\d\.\d+E14/);
    expect(JSON.parse(alone)).toMatchObject({ OptyId: first!.OptyId });
  });

  it('name an attribute twice, the second time rightly', async () => {
    const { ids } = await rows();
    const twice = await text('duplicate-keys');
    expect(twice).toMatch(/\{"Name":"of before","OptyId":1,"OptyId":/);
    expect(read(twice).items).toMatchObject(ids.map((OptyId) => ({ OptyId })));
  });

  it('are the page before once more', async () => {
    const { ids } = await rows();
    const next = keyset.replace('> 0', `> ${ids.at(-1)}`);
    expect(read(await text('stale-page', next)).items).toMatchObject(
      ids.map((OptyId) => ({ OptyId })),
    );
  });
});

describe('what happens to the rows', () => {
  const stamps = () => crm.dataset.all().map(({ LastUpdateDate }) => LastUpdateDate);

  it('many get one and the same stamp, some vanish', async () => {
    crm.faults.add({ kind: 'mass-update', rows: 30, times: 1 });
    await call();
    const stamp = '2026-03-10T09:00:00.000+00:00';
    expect(stamps().filter((one) => one === stamp)).toHaveLength(30);
    const { size } = crm.dataset;
    crm.faults.add({ kind: 'hide-rows', rows: 3, times: 1 });
    crm.faults.add({ kind: 'remove-rows', rows: 2, times: 1 });
    await call();
    expect(crm.dataset.size).toBe(size - 5);
    const { version } = crm.dataset.store;
    crm.faults.add({ kind: 'evolve', steps: 20, times: 1 });
    await call();
    expect(crm.dataset.store.version).toBeGreaterThan(version);
  });

  it('a change shows later than its stamp says', async () => {
    let time = now.getTime();
    const late = await startCrmSimulator({ opportunities: 5, clock: () => new Date(time) });
    const [{ OptyId }] = late.dataset.all() as [{ OptyId: bigint }];
    late.faults.add({ kind: 'commit-lag', seconds: 60 });
    late.dataset.update(OptyId, { Name: 'Late' });
    const born = late.dataset.insert();
    late.faults.clear();
    expect([late.dataset.get(OptyId)!.Name, late.dataset.get(born)]).not.toContain('Late');
    time += 60_000;
    late.dataset.settle();
    expect(late.dataset.get(OptyId)).toMatchObject({
      Name: 'Late',
      LastUpdateDate: '2026-03-10T09:00:00.000+00:00',
    });
    expect(late.dataset.get(born)).toBeDefined();
    await late.stop();
  });
});
