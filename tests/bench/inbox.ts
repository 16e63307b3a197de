import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOpportunityQuery, type OpportunityQuery } from '#app/domain/opportunity-query.ts';
import type { Scope } from '#app/domain/permissions.ts';
import { startPostgres } from '#dev/postgres.ts';
import { fillOpportunities } from '#tests/factories/opportunities.ts';
import { applyMigrations } from '../../prisma/migrations.ts';

// How long the inbox's reads take on 10,000 and on 100,000 opportunities:
//   node tests/bench/inbox.ts [--rounds 40]

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 40;
const none = {
  all: false,
  practices: [],
  withoutPractice: false,
  assignedTo: null,
  ownerEmails: [],
} as const;
const manager: Scope = { all: true };
const head: Scope = { ...none, practices: ['Practice 1', 'Practice 2'], withoutPractice: true };
const architect: Scope = {
  ...none,
  practices: ['Practice 3'],
  assignedTo: '00000000-0000-4000-8000-000000000001',
};
const seller: Scope = { ...none, ownerEmails: ['seller7@example.test'] };

const cases: { name: string; scope: Scope; url: string }[] = [
  { name: 'manager, no filter', scope: manager, url: '' },
  { name: 'manager, by value', scope: manager, url: 'sort=deal_value' },
  { name: 'manager, by customer', scope: manager, url: 'sort=customer' },
  { name: 'manager, one geo, open', scope: manager, url: 'geo=GEO 2&crm_status=OPEN' },
  { name: 'manager, search two words', scope: manager, url: 'q=renewal payroll' },
  { name: 'manager, search a number', scope: manager, url: 'q=OPP-9999' },
  { name: 'manager, search two letters', scope: manager, url: 'q=ay' },
  { name: 'practice head', scope: head, url: '' },
  { name: 'architect', scope: architect, url: '' },
  { name: 'seller', scope: seller, url: '' },
];

const folder = mkdtempSync(join(tmpdir(), 'bqs-bench-'));
chmodSync(folder, 0o755);
const postgres = await startPostgres({ folder });
try {
  await applyMigrations(postgres.url);
  process.env.DATABASE_URL = postgres.url;
  for (const key of ['ORY_PUBLIC_URL', 'ORY_ADMIN_URL', 'ORACLE_BASE_URL'])
    process.env[key] ??= 'http://127.0.0.1:9';
  for (const key of ['ORACLE_USERNAME', 'ORACLE_PASSWORD']) process.env[key] ??= 'none';
  await measureAll();
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll() {
  const { db, pool } = await import('#app/lib/db.server.ts');
  const model = await import('#app/models/opportunity.server.ts');
  const read = {
    list: (scope: Scope, query: OpportunityQuery) => model.listOpportunities(db, scope, query),
    facets: (scope: Scope, query: OpportunityQuery) => model.facetCounts(db, scope, query),
    sums: (scope: Scope, query: OpportunityQuery) => model.totalsByCurrency(db, scope, query),
    together: (scope: Scope, query: OpportunityQuery) =>
      Promise.all([read.list(scope, query), read.facets(scope, query), read.sums(scope, query)]),
  };
  for (const rows of [10_000, 100_000]) {
    await pool.query('TRUNCATE opportunities CASCADE');
    const start = performance.now();
    await fillOpportunities(pool, { rows, rawBytes: 2000 });
    await pool.query('VACUUM ANALYZE opportunities');
    console.log(
      `\n${rows} rows, filled in ${Math.round(performance.now() - start)} ms; p50 / p95 in ms`,
    );
    for (const { name, scope, url } of cases) {
      const parsed = parseOpportunityQuery(new URLSearchParams(url));
      if (!parsed.ok) throw new Error(parsed.problem);
      const cells = [];
      for (const [part, run] of Object.entries(read)) {
        cells.push(`${part} ${await measure(() => run(scope, parsed.query))}`);
      }
      console.log(`${name.padEnd(30)} ${cells.join('   ')}`);
    }
  }
  await db.$disconnect();
  await pool.end();
}

async function measure(run: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds + 3; round++) {
    const start = performance.now();
    await run();
    if (round >= 3) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  return `${at(0.5)} / ${at(0.95)}`.padEnd(15);
}
