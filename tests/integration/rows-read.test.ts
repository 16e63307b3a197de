import { beforeAll, describe, expect, it } from 'vitest';
import { nowhere } from '#app/domain/permissions.ts';
import { db, pool, type Db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { suggestPractices } from '#app/models/practice.server.ts';
import { listWaiting } from '#app/models/worklist-decisions.server.ts';
import { readOutcomes, readPipeline } from '#app/models/worklist-outcomes.server.ts';
import { listReviews } from '#app/models/worklist-reviews.server.ts';
import { listRunOutHolds, listStaleDecisions } from '#app/models/worklist-stale.server.ts';
import { countUnassigned, listUnassigned } from '#app/models/worklist-unassigned.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { createUser } from '../factories/user.ts';

// What people are at work on stays few, however much the CRM holds.
const rows = 20_000;
beforeAll(async () => {
  await fillOpportunities(pool, { rows, submitted: 40 });
  await pool.query('VACUUM ANALYZE opportunities');
});

/** How many rows of opportunities a read takes into its hands. */
async function rowsRead(read: (tx: Db) => Promise<unknown>): Promise<number> {
  return db.$transaction(async (tx) => {
    // Parallel workers would count for themselves.
    await tx.$executeRaw`SET LOCAL max_parallel_workers_per_gather = 0`;
    const soFar = async () => {
      const [line] = await tx.$queryRaw<{ rows: number }[]>`
        SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables
        WHERE relname = 'opportunities'`;
      return line?.rows ?? 0;
    };
    const before = await soFar();
    await read(tx);
    return (await soFar()) - before;
  });
}

const head = { ...nowhere, practices: ['Practice 1', 'Practice 2'], withoutPractice: true };
const limit = 5;

describe('what a page reads of the opportunities does not grow with them', () => {
  it('where it counts or sums them', async () => {
    const rowByRow = (tx: Db) => tx.$queryRaw`SELECT sum(length(raw::text)) FROM opportunities`;
    expect(await rowsRead(rowByRow)).toBe(rows);
    expect(await rowsRead((tx) => readPipeline(tx))).toBe(0);
    expect(await rowsRead((tx) => suggestPractices(tx))).toBe(0);
    expect(await rowsRead((tx) => countUnassigned(tx, head))).toBe(0);
  });

  it('where it lists what people are at work on, or what is new', async () => {
    const at = await readAt(db);
    const person = await createUser(db, { roles: ['MANAGER'] });
    const viewer = (await findViewer(db, person.id))!;
    const reads: Record<string, (tx: Db) => Promise<unknown>> = {
      waiting: (tx) => listWaiting(tx, viewer, { limit, at }),
      reviews: (tx) => listReviews(tx, viewer, head, { limit, at }),
      stale: (tx) => listStaleDecisions(tx, limit),
      holds: (tx) => listRunOutHolds(tx, { today: at.today, limit }),
      outcomes: (tx) => readOutcomes(tx, at.today),
      unassigned: (tx) => listUnassigned(tx, head, { limit, at }),
    };
    for (const [name, read] of Object.entries(reads)) {
      // What is new is looked for in the order of close dates, past what is not new or another's.
      const most = name === 'unassigned' ? rows / 20 : rows / 100;
      expect(await rowsRead(read), name).toBeLessThan(most);
    }
  });
});
