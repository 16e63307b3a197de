import { beforeAll, describe, expect, it } from 'vitest';
import { opportunitySorts } from '#app/domain/opportunity-cursor.ts';
import {
  notSet,
  parseOpportunityQuery,
  type OpportunityFacet,
  type OpportunityQuery,
} from '#app/domain/opportunity-query.ts';
import { inScope, type Scope } from '#app/domain/permissions.ts';
import { db, pool } from '#app/lib/db.server.ts';
import {
  facetCounts,
  getOpportunityByNumber,
  getOpportunityByRemoteId,
  listOpportunities,
  totalsByCurrency,
} from '#app/models/opportunity.server.ts';
import { fillOpportunities } from '#tests/factories/opportunities.ts';

const rows = 1500;
const everything: Scope = { all: true };
const nothing = {
  all: false,
  practices: [],
  withoutPractice: false,
  assignedTo: null,
  ownerEmails: [],
} as const;
const architect = '00000000-0000-4000-8000-000000000001';

const scopes: Record<string, Scope> = {
  manager: everything,
  'practice head': { ...nothing, practices: ['Practice 1', 'Practice 2'], withoutPractice: true },
  architect: { ...nothing, practices: ['Practice 3'], assignedTo: architect },
  seller: { ...nothing, ownerEmails: ['SELLER7@Example.test'] },
  'architect and seller': {
    ...nothing,
    assignedTo: architect,
    ownerEmails: ['seller7@example.test'],
  },
  'seller without a verified address': nothing,
};

beforeAll(async () => {
  await fillOpportunities(pool, { rows });
  await pool.query(
    `INSERT INTO users (id, ory_identity_id, name) VALUES ($1, $1, 'Ada Architect')`,
    [architect],
  );
  await pool.query('UPDATE opportunities SET assigned_sa = $1 WHERE id % 50 = 3', [architect]);
});

describe('a list of opportunities', () => {
  const orders = opportunitySorts.flatMap((sort) =>
    (['asc', 'desc'] as const).map((direction) => ({ sort, direction })),
  );

  it.each(orders)(
    'read page by page by $sort $direction has every row once, in order',
    async (order) => {
      const items = await walk(everything, query({ ...order, gone: 'include', limit: '97' }));
      expect(items).toHaveLength(rows);
      expect(new Set(items.map((item) => item.remoteId)).size).toBe(rows);
      const { rows: expected } = await pool.query<{ id: string }>(
        `SELECT remote_id::text AS id FROM opportunities
       ORDER BY ${order.sort} ${order.direction} NULLS LAST, remote_id ${order.direction}`,
      );
      expect(items.map((item) => item.remoteId)).toEqual(expected.map((row) => row.id));
    },
  );

  const filters: Record<string, string | string[]>[] = [
    {},
    { q: 'PAYROLL renewal' },
    { q: '100%' },
    { q: 'opp-77' },
    { practice: ['Practice 4', notSet], crm_status: 'OPEN' },
    { geo: notSet, sort: 'close_date' },
    { workflow_status: ['NEW', 'GO'], stage: '02 - Stage', sort: 'deal_value' },
    { q: 'no such thing at all' },
  ];

  it.each(filters)('with %j has as many rows as its total, sums and facets say', async (params) => {
    const wanted = query({ ...params, limit: '101' });
    const items = await walk(everything, wanted);
    const sums = await totalsByCurrency(db, everything, wanted);
    expect(sums.reduce((total, sum) => total + sum.count, 0)).toBe(items.length);
    const unpriced = items.filter((item) => item.dealValue === null).length;
    expect(sums.reduce((total, sum) => total + sum.withoutAmount, 0)).toBe(unpriced);
    await expectFacetsToMatchLists(everything, wanted);
  });

  it.each(Object.entries(scopes))('of a %s has exactly the rows in scope', async (_who, scope) => {
    const all = await walk(everything, query({ gone: 'include', limit: '500' }));
    const seen = await walk(scope, query({ gone: 'include', limit: '500' }));
    const expected = all.filter((item) => inScope(scope, item));
    expect(seen.map((item) => item.remoteId)).toEqual(expected.map((item) => item.remoteId));
    await expectFacetsToMatchLists(scope, query({ crm_status: 'OPEN' }));
  });

  it('treats % and _ as what they are', async () => {
    const { total } = await listOpportunities(db, everything, query({ q: '%' }));
    const { rows: expected } = await pool.query(
      `SELECT 1 FROM opportunities WHERE strpos(name, '%') > 0 AND gone_since IS NULL`,
    );
    expect(total).toBe(expected.length);
    expect(total).toBeGreaterThan(0);
    expect((await listOpportunities(db, everything, query({ q: '_' }))).total).toBe(0);
  });

  it('keeps amounts and ids to the digit, days as days and what is not set as null', async () => {
    await pool.query(
      `INSERT INTO opportunities (remote_id, remote_number, deal_value, close_date, raw, content_hash)
       VALUES (9223372036854775807, 'A/1 %2F', 12345678901234567890.1200, '2026-03-29',
               '{"Revenue": 12345678901234567890.1200}', '\\x00')`,
    );
    const found = await getOpportunityByNumber(db, everything, 'A/1 %2F');
    expect(found).toMatchObject({
      remoteId: '9223372036854775807',
      dealValue: '12345678901234567890.1200',
      closeDate: '2026-03-29',
      currency: null,
      winProbability: null,
      workflowStatus: 'NEW',
      raw: '{"Revenue": 12345678901234567890.1200}',
    });
    await pool.query(`DELETE FROM opportunities WHERE remote_number = 'A/1 %2F'`);
  });

  it('finds one row only for those whose row it is', async () => {
    const seller = scopes.seller!;
    const [own] = (await listOpportunities(db, seller, query({ limit: '1' }))).items;
    expect(await getOpportunityByRemoteId(db, seller, BigInt(own!.remoteId))).toMatchObject({
      name: own!.name,
    });
    const others = (await listOpportunities(db, everything, query({ limit: '50' }))).items;
    const foreign = others.find((item) => !inScope(seller, item))!;
    expect(await getOpportunityByRemoteId(db, seller, BigInt(foreign.remoteId))).toBeNull();
    expect(await getOpportunityByNumber(db, seller, foreign.remoteNumber!)).toBeNull();
    expect(await getOpportunityByNumber(db, everything, 'nothing\0')).toBeNull();
  });
});

function query(params: Record<string, string | string[]>): OpportunityQuery {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one]),
  );
  const parsed = parseOpportunityQuery(new URLSearchParams(pairs));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.query;
}

/** Reads all pages, checking that each says the same total and that it holds at the end. */
async function walk(scope: Scope, first: OpportunityQuery) {
  const items = [];
  for (let cursor: string | null = null; ;) {
    const page = await listOpportunities(db, scope, { ...first, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor) expect(page.items).toHaveLength(first.limit);
    if (cursor) continue;
    expect(page.total).toBe(items.length);
    return items;
  }
}

async function expectFacetsToMatchLists(scope: Scope, wanted: OpportunityQuery) {
  const counts = await facetCounts(db, scope, wanted);
  for (const [facet, values] of Object.entries(counts) as [OpportunityFacet, typeof counts.geo][]) {
    const alone = await listOpportunities(db, scope, { ...wanted, [facet]: [], limit: 1 });
    expect(values.reduce((sum, value) => sum + value.count, 0)).toBe(alone.total);
    for (const { value, count } of values.slice(0, 4)) {
      const clicked = { ...wanted, [facet]: [value ?? notSet], limit: 1 };
      expect([facet, value, (await listOpportunities(db, scope, clicked)).total]).toEqual([
        facet,
        value,
        count,
      ]);
    }
  }
}
