import { describe, expect, it } from 'vitest';
import { startCrmSimulator, type Fault } from '#dev/crm/server.ts';
import { call, crm, keyset, rows } from './crm-simulator-setup.ts';

describe('answers in the place of the CRM', () => {
  const cases: [Fault, number, string | RegExp | null, RegExp][] = [
    [{ kind: 'too-many-requests', retryAfter: 7 }, 429, '7', /Too Many/],
    [
      { kind: 'too-many-requests', retryAfter: 'date', seconds: 60 },
      429,
      'Tue, 10 Mar 2026 09:01:00 GMT',
      /html/,
    ],
    [{ kind: 'too-many-requests' }, 429, null, /html/],
    [{ kind: 'status', status: 502 }, 502, null, /<h1>Bad Gateway/],
    [{ kind: 'status', status: 503, retryAfter: 1 }, 503, '1', /html/],
    [{ kind: 'status', status: 500, body: 'ORA-01555' }, 500, null, /^ORA-01555$/],
    [{ kind: 'unauthorized' }, 401, null, /^$/],
    [{ kind: 'redirect' }, 302, null, /html/],
    [{ kind: 'html' }, 200, null, /Sign in/],
    [{ kind: 'blank' }, 200, null, /^$/],
    [{ kind: 'error-with-200' }, 200, null, /"status":"500".*JDBC/],
    [{ kind: 'no-items' }, 200, null, /^\{"items":null\}$/],
    [{ kind: 'empty-claim' }, 200, null, /"items":\[\],"count":5/],
  ];

  it.each(cases)('%j answers %i', async (fault, status, retryAfter, body) => {
    crm.faults.add({ ...fault, times: 1 });
    const response = await call();
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await response.text()).toMatch(body);
    expect((await call()).status).toBe(200);
  });
});

describe('answers spoiled on their way', () => {
  it('truncated is a whole answer of half a text', async () => {
    crm.faults.add({ kind: 'truncated', times: 1 });
    const text = await (await call()).text();
    expect(text.length).toBeGreaterThan(10);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('cut breaks off after half of it, reset before any', async () => {
    crm.faults.add({ kind: 'cut', times: 1 });
    await expect(call().then((response) => response.text())).rejects.toThrow();
    crm.faults.add({ kind: 'reset', times: 1 });
    await expect(call()).rejects.toThrow();
  });

  it('hang never answers, drip takes its time', async () => {
    crm.faults.add({ kind: 'hang', times: 1 });
    await expect(call(keyset, { signal: AbortSignal.timeout(150) })).rejects.toThrow();
    crm.faults.add({ kind: 'drip', bytes: 200, delayMs: 20, times: 1 });
    const start = performance.now();
    expect((await rows()).ids).toHaveLength(10);
    expect(performance.now() - start).toBeGreaterThan(60);
  });
});

describe('pages that are not what was asked for', () => {
  it('change the cap, lie about more and about the total', async () => {
    crm.faults.add({ kind: 'cap', cap: 4, match: { afterRequests: 1 } });
    expect(await rows()).toMatchObject({ limit: 10 });
    expect(await rows()).toMatchObject({ limit: 4, ids: { length: 4 } });
    crm.faults.clear();
    crm.faults.add({ kind: 'has-more-false' });
    expect((await rows()).hasMore).toBe(false);
    crm.faults.clear();
    crm.faults.add({ kind: 'has-more-true' });
    expect((await rows('?q=OptyId > 999999999999999999')).hasMore).toBe(true);
    crm.faults.clear();
    crm.faults.add({ kind: 'total', total: 7 });
    expect((await rows(`${keyset}&totalResults=true`)).totalResults).toBe(7);
  });

  it('repeat a row of the page before', async () => {
    const first = await rows();
    crm.faults.add({ kind: 'duplicate-row', times: 1 });
    const second = await rows(keyset.replace('> 0', `> ${first.ids.at(-1)}`));
    expect(second.ids[0]).toBe(first.ids.at(-1));
    expect(second.ids).toHaveLength(10);
  });

  it('ignore the filter or the order', async () => {
    const { ids } = await rows();
    crm.faults.add({ kind: 'ignore-q' });
    expect((await rows(keyset.replace('> 0', `> ${ids.at(-1)}`))).ids).toEqual(ids);
    crm.faults.clear();
    crm.faults.add({ kind: 'ignore-order' });
    const unordered = (await rows()).ids;
    expect(unordered).not.toEqual([...unordered].sort((a, b) => a - b));
    crm.faults.clear();
    crm.faults.add({ kind: 'descending' });
    const falling = (await rows()).ids;
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
  });

  it('ignore one end of the filter', async () => {
    const { ids } = await rows();
    const between = keyset.replace('OptyId > 0', `OptyId > ${ids[2]} AND OptyId <= ${ids[4]}`);
    expect((await rows(between)).ids).toEqual(ids.slice(3, 5));
    crm.faults.add({ kind: 'ignore-bound', bound: 'upTo' });
    expect((await rows(between)).ids.length).toBe(10);
    crm.faults.clear();
    crm.faults.add({ kind: 'ignore-bound', bound: 'above' });
    expect((await rows(between)).ids).toEqual(ids.slice(0, 5));
  });

  it('lose an attribute from records, filters and describe', async () => {
    crm.faults.add({ kind: 'missing-attribute', attribute: 'Practice_c' });
    expect((await call('?fields=Practice_c')).status).toBe(400);
    expect(await (await call('/describe')).text()).not.toContain('"Practice_c"');
    expect(await (await call('?limit=1&onlyData=true')).text()).not.toContain('"Practice_c"');
  });
});

describe('when faults strike', () => {
  it('is told by what is asked for', async () => {
    const [{ OptyNumber }] = crm.dataset.all() as [{ OptyNumber: string }];
    const answers = async () =>
      Promise.all(
        [keyset, `/${encodeURIComponent(OptyNumber)}`, '/describe'].map(
          async (path) => (await call(path)).status,
        ),
      );
    crm.faults.add({ kind: 'status', status: 404, match: { resource: 'record' } });
    expect(await answers()).toEqual([200, 404, 200]);
    crm.faults.clear();
    crm.faults.add({ kind: 'status', match: { resource: 'describe' } });
    expect(await answers()).toEqual([200, 200, 503]);
    crm.faults.clear();
    crm.faults.add({ kind: 'status', match: { resource: 'page' } });
    expect(await answers()).toEqual([503, 200, 200]);
  });

  it('is told by path, count and cursor', async () => {
    crm.faults.add({ kind: 'status', match: { path: '/describe' } });
    expect([(await call()).status, (await call('/describe')).status]).toEqual([200, 503]);
    crm.faults.clear();
    crm.faults.add({ kind: 'status', match: { nth: 2 } });
    expect([(await call()).status, (await call()).status, (await call()).status]).toEqual([
      200, 503, 200,
    ]);
    crm.faults.clear();
    crm.faults.add({ kind: 'status', match: { cursorAbove: '100' } });
    const above = keyset.replace('> 0', '> 100');
    expect([(await call()).status, (await call(above)).status]).toEqual([200, 503]);
  });

  it('moves the clock of stamps and of the Date header', async () => {
    crm.faults.add({ kind: 'clock', minutes: -5 });
    expect((await call()).headers.get('date')).toBe('Tue, 10 Mar 2026 08:55:00 GMT');
    const id = crm.dataset.insert();
    expect(crm.dataset.get(id)!.LastUpdateDate).toBe('2026-03-10T08:55:00.000+00:00');
    crm.dataset.remove(id);
  });

  it('is steered over HTTP, and does not count as a request', async () => {
    const control = (path: string, method: string, body?: unknown) =>
      fetch(crm.url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const before = crm.requests;
    expect((await control('/__faults', 'POST', { kind: 'status', times: 1 })).status).toBe(200);
    expect((await control('/__faults', 'POST', { kind: 'nonsense' })).status).toBe(400);
    expect(crm.requests).toBe(before);
    expect((await call()).status).toBe(503);
    await control('/__faults', 'POST', [{ kind: 'status' }, { kind: 'cap', cap: 2 }]);
    expect(await (await control('/__faults', 'DELETE')).json()).toEqual([]);
    expect((await call()).status).toBe(200);
    const evolved = (await (await control('/__evolve', 'POST', { steps: 5 })).json()) as object;
    expect(Object.keys(evolved)).toContain('appeared');
  });
});

it('moves by itself while living, and stops', async () => {
  const living = await startCrmSimulator({ opportunities: 30, living: true, evolveEveryMs: 5 });
  const version = living.dataset.store.version;
  await expect.poll(() => living.dataset.store.version).toBeGreaterThan(version);
  await living.stop();
  const stopped = living.dataset.store.version;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(living.dataset.store.version).toBe(stopped);
});
