import { afterAll, afterEach, beforeAll } from 'vitest';
import { startCrmSimulator, type CrmSimulator } from '#dev/crm/server.ts';

export const now = new Date('2026-03-10T09:00:00.000Z');
const root = '/crmRestApi/resources/11.13.18.05/opportunities';
export const keyset = '?q=OptyId > 0&orderBy=OptyId:asc&limit=10&onlyData=true&fields=OptyId,Name';

export let crm: CrmSimulator;

beforeAll(async () => {
  crm = await startCrmSimulator({ opportunities: 60, clock: () => now });
});

afterEach(() => crm.faults.clear());
afterAll(() => crm.stop());

/** Asks for a page as the sync does. */
export function call(query = keyset, init: RequestInit = {}): Promise<Response> {
  const headers = {
    Authorization: `Basic ${btoa('bqs-integration:bqs-demo-crm')}`,
    'REST-Framework-Version': '4',
  };
  return fetch(crm.url + root + query, { redirect: 'manual', headers, ...init });
}

/** A page, and the ids on it. */
export async function rows(query = keyset) {
  const body = JSON.parse(await (await call(query)).text()) as {
    items: { OptyId: number }[];
    hasMore: boolean;
    limit: number;
    totalResults?: number;
  };
  return { ...body, ids: body.items.map(({ OptyId }) => OptyId) };
}
