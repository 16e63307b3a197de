import { beforeAll, describe, expect, it } from 'vitest';
import {
  compareChanges,
  precedenceOf,
  rankOf,
  touches,
  turnOf,
  type ChangeKind,
  type RankedChange,
} from '#app/domain/change-rank.ts';
import { changeSections, type ChangeQuery, type ChangeSection } from '#app/domain/run-address.ts';
import type { MovedSection } from '#app/models/run-change-order.server.ts';
import { inScope, type Scope } from '#app/domain/permissions.ts';
import { workflowStatuses, type WorkflowStatus } from '#app/domain/workflow.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { rankOfRow } from '#app/models/change-rank.server.ts';
import { countHeldMissing, listHeldMissing } from '#app/models/held-missing.server.ts';
import { countRunChanges } from '#app/models/run-change-counts.server.ts';
import { listNewOpportunities, listRunChanges } from '#app/models/run-change.server.ts';
import { fillChanges } from '../factories/changes.ts';
import { fillOpportunities } from '../factories/opportunities.ts';
import { createCast, submittedId, submittedOpportunity } from './qualification-setup.ts';

const everything: Scope = { all: true };
const ofOnePractice: Scope = {
  all: false,
  practices: ['Practice 3', 'Data & AI'],
  withoutPractice: false,
  assignedTo: null,
  ownerEmails: [],
};
type MovedQuery = ChangeQuery & { show: MovedSection };
const nothing: MovedQuery = { show: 'moved', touch: null, after: null };
let runId: bigint;

/** What the pages should list, worked out one by one from the rows themselves. */
interface Expected extends RankedChange {
  practice: string | null;
  section: ChangeSection;
  turns: (ChangeSection | null)[];
}
let expected: Expected[];

beforeAll(async () => {
  await fillOpportunities(pool, { rows: 1500 });
  const cast = await createCast();
  const sheet = await submittedOpportunity(cast);
  await pool.query(
    `UPDATE opportunities SET workflow_status = 'ON_HOLD', status_before_hold = 'RECOMMENDED'
     WHERE id % 53 = 0 AND workflow_status = 'ASSIGNED'`,
  );
  await pool.query(
    `UPDATE opportunities SET status_before_close = 'GO'
     WHERE id % 5 = 0 AND workflow_status = 'CLOSED_IN_CRM'`,
  );
  runId = BigInt(await fillChanges(pool));
  await pool.query(
    `INSERT INTO stale_marks (assessment_id, opportunity_id, sync_log_id, field, before, after)
     SELECT $1::bigint, id, $2, 'f' || id, 'a', 'b' FROM opportunities WHERE id = $3 OR id % 9 = 0`,
    [await submittedId(sheet), runId, sheet],
  );
  expected = await workOut();
});

async function workOut(): Promise<Expected[]> {
  const { rows } = await pool.query<{
    id: string;
    practice: string | null;
    status: WorkflowStatus;
    beforeClose: WorkflowStatus | null;
    beforeHold: WorkflowStatus | null;
    stale: boolean;
    changes: { kind: ChangeKind; field: string | null; before: string; after: string }[];
  }>(
    `SELECT o.id, o.practice, o.workflow_status AS status, o.status_before_close AS "beforeClose",
       o.status_before_hold AS "beforeHold",
       EXISTS (SELECT FROM stale_marks m WHERE m.opportunity_id = o.id AND m.sync_log_id = $1) AS stale,
       json_agg(c) AS changes
     FROM opportunities o JOIN opportunity_changes c ON c.opportunity_id = o.id
     WHERE c.sync_log_id = $1 GROUP BY o.id`,
    [runId],
  );
  return rows
    .map(({ id, practice, changes, ...row }) => {
      const precedence = Math.min(...changes.map((each) => precedenceOf(each.kind, each.field)));
      const rank = rankOf(row);
      return {
        id,
        practice,
        precedence,
        rank,
        stale: rank < touches.length - 1 && row.stale,
        section: (['gone', 'reappeared'] as const)[precedence] ?? ('changed' as const),
        turns: changes
          .filter(({ field }) => field === 'crm_status')
          .map(({ before, after }) => turnOf(before, after)),
      };
    })
    .toSorted(compareChanges);
}

/** Goes through all pages of a list. */
async function idsOf(scope: Scope, query: Partial<MovedQuery>): Promise<string[]> {
  const ids: string[] = [];
  let after: RankedChange | null = null;
  do {
    const page = await listRunChanges(db, runId, scope, { ...nothing, ...query, after });
    ids.push(...page.rows.map((row) => row.opportunity.id));
    after = page.next;
  } while (after);
  return ids;
}

const inPractice = (row: Expected) =>
  inScope(ofOnePractice, { practice: row.practice, assignedSa: null, salesOwnerEmail: null });

describe('the rank of an opportunity', () => {
  it('is the same in SQL for every state, under a hold and under a close', async () => {
    const covered = [null, ...workflowStatuses];
    const values = workflowStatuses.flatMap((status) =>
      covered.flatMap((beforeClose) =>
        covered.map((beforeHold) => ({ status, beforeClose, beforeHold })),
      ),
    );
    const rows = await db.$queryRaw<{ rank: number }[]>`
      SELECT ${rankOfRow} AS rank FROM jsonb_to_recordset(${JSON.stringify(
        values.map((value, at) => ({
          at,
          workflow_status: value.status,
          status_before_close: value.beforeClose,
          status_before_hold: value.beforeHold,
        })),
      )}::jsonb) AS o (at int, workflow_status workflow_status,
        status_before_close workflow_status, status_before_hold workflow_status) ORDER BY at`;
    expect(rows.map(({ rank }) => rank)).toEqual(values.map(rankOf));
  });

  it('and the precedence of every field is the one the database keeps', async () => {
    const { rows } = await pool.query<{ kind: ChangeKind; field: string; precedence: number }>(
      'SELECT DISTINCT kind, field, precedence FROM opportunity_changes',
    );
    expect(rows.length).toBeGreaterThan(12);
    for (const { kind, field, precedence } of rows)
      expect([kind, field, precedence]).toEqual([kind, field, precedenceOf(kind, field)]);
  });
});

describe('what a run changed', () => {
  it('is listed whole, page by page, the gravest first', async () => {
    expect(expected.length).toBeGreaterThan(200);
    expect(await idsOf(everything, {})).toEqual(expected.map(({ id }) => id));
  });

  it.each(changeSections.filter((section): section is MovedSection => section !== 'new'))(
    'is narrowed to %s, with the count beside it',
    async (show) => {
      const counts = await countRunChanges(db, runId, everything);
      const fits = expected.filter(
        (row) => show === 'moved' || row.section === show || row.turns.includes(show),
      );
      const ids = await idsOf(everything, { show });
      expect(ids.toSorted()).toEqual(fits.map(({ id }) => id).toSorted());
      expect(counts.sections[show]).toBe(fits.length);
      expect(fits.length).toBeGreaterThan(0);
    },
  );

  it.each([...touches.map(({ key }) => key), 'stale' as const])(
    'is narrowed to %s, with the count of the headline',
    async (touch) => {
      const counts = await countRunChanges(db, runId, everything);
      const fits = expected.filter((row) =>
        touch === 'stale' ? row.stale : touches[row.rank]?.key === touch,
      );
      expect(await idsOf(everything, { touch })).toEqual(fits.map(({ id }) => id));
      expect(touch === 'stale' ? counts.stale : counts.touches[touch]).toBe(fits.length);
      expect(fits.length).toBeGreaterThan(0);
    },
  );

  it('is listed and counted within a scope, and nothing of other rows', async () => {
    const fits = expected.filter(inPractice);
    expect(fits.length).toBeGreaterThan(10);
    expect(await idsOf(ofOnePractice, {})).toEqual(fits.map(({ id }) => id));
    const counts = await countRunChanges(db, runId, ofOnePractice);
    expect(counts.sections.moved).toBe(fits.length);
    expect(counts.touches.decided).toBe(fits.filter(({ rank }) => rank === 0).length);
    const none: Scope = { ...ofOnePractice, practices: [] };
    expect(await idsOf(none, {})).toEqual([]);
    expect((await countRunChanges(db, runId, none)).sections.moved).toBe(0);
  });

  it('names fields before and after, and what went stale', async () => {
    const { rows } = await listRunChanges(db, runId, everything, { ...nothing, touch: 'stale' });
    expect(rows[0]?.stale.length).toBe(1);
    const { rows: changed } = await listRunChanges(db, runId, everything, {
      ...nothing,
      show: 'changed',
    });
    expect(changed[0]?.fields[0]).toMatchObject({ before: expect.anything() as string });
  });

  it('lists what it brought, page by page', async () => {
    const { rows: brought } = await pool.query<{ id: string }>(
      'UPDATE opportunities SET first_sync_log_id = $1 WHERE id % 7 = 0 RETURNING id',
      [runId],
    );
    const ids: string[] = [];
    let after: RankedChange | null = null;
    do {
      const page = await listNewOpportunities(db, runId, everything, after);
      ids.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(ids.toSorted()).toEqual(brought.map(({ id }) => id).toSorted());
    expect((await countRunChanges(db, runId, everything)).sections.new).toBe(brought.length);
  });
});

describe('what a held run waits for', () => {
  it('is listed whole by what it touches, and found by words', async () => {
    await pool.query(
      `INSERT INTO sync_missing (sync_log_id, opportunity_id)
       SELECT $1, id FROM opportunities WHERE id % 3 = 0`,
      [runId],
    );
    const ranks: number[] = [];
    const ids = new Set<string>();
    let after: { rank: number; id: string } | null = null;
    do {
      const page = await listHeldMissing(db, runId, { search: null, after });
      for (const row of page.rows) ids.add(row.id);
      ranks.push(...page.rows.map(({ rank }) => rank));
      after = page.next;
    } while (after);
    const figures = await countHeldMissing(db, runId, null);
    expect([ids.size, ranks.length]).toEqual([figures.missing, figures.missing]);
    expect(ranks).toEqual(ranks.toSorted());
    for (const { rank, count } of figures.ranks)
      expect(count).toBe(ranks.filter((each) => each === rank).length);
    const search = 'payroll renewal';
    const { found } = await countHeldMissing(db, runId, search);
    const { rows } = await listHeldMissing(db, runId, { search, after: null });
    expect(found).toBeGreaterThan(0);
    expect(rows.length).toBe(Math.min(50, found));
    expect(rows.every(({ name }) => name?.startsWith('Renewal of payroll'))).toBe(true);
  });
});
