import { describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { completeSheet } from '../factories/sheet.ts';
import { acting, createCast, stand, submitOpen } from './qualification-setup.ts';
import { configFor, partsFor, sync, useSimulator } from './sync-setup.ts';

const crm = useSimulator({ opportunities: 4000, pageCap: 499 });

/** The columns that are ours, by opportunity. */
async function ours() {
  const { rows } = await pool.query<{ id: string; kept: string }>(
    `SELECT id::text, concat_ws('|', workflow_status, assigned_sa, sa_notes, hold_until, qualification_revision) AS kept
     FROM opportunities WHERE workflow_status <> 'CLOSED_IN_CRM'`,
  );
  return new Map(rows.map(({ id, kept }) => [id, kept]));
}

describe('a full sync that finds everything changed', () => {
  it('runs beside assigning and assessing; neither waits for the other, and neither touches what is the other’s', async () => {
    await sync('FULL', partsFor(configFor(crm())));
    const cast = await createCast('Data & AI');
    const open = await db.opportunity.findMany({
      where: { practice: 'Data & AI', workflowStatus: 'NEW', goneSince: null },
      select: { id: true },
      take: 60,
    });
    const untouched = await ours();
    for (const { id } of open) untouched.delete(String(id));
    for (const row of crm().dataset.all()) {
      crm().dataset.update(row.OptyId as bigint, { Name: `${String(row.Name)}, renamed` });
    }
    const began = performance.now();
    let syncEnded = 0;
    const running = sync('FULL', partsFor(configFor(crm()))).then((result) => {
      syncEnded = performance.now();
      return result;
    });
    const waits: number[] = [];
    let beside = 0;
    for (const { id } of open) {
      const opportunityId = String(id);
      const before = performance.now();
      await assignOpportunity(await acting(cast.head, opportunityId), cast.architect.id);
      await startAssessment(await acting(cast.architect, opportunityId));
      await submitOpen(cast.architect, opportunityId, completeSheet(7));
      waits.push(performance.now() - before);
      if (syncEnded === 0) beside++;
    }
    const { log } = await running;
    expect(beside).toBeGreaterThan(0);
    expect(log).toMatchObject({ status: 'SUCCESS', updated_records: crm().dataset.all().length });
    for (const { id } of open) {
      expect((await stand(String(id))).opportunity.status).toBe('SUBMITTED');
    }
    const after = await ours();
    for (const [id, kept] of untouched) if (after.has(id)) expect(after.get(id)).toBe(kept);
    // No act waited as long as the sync took: the sync holds rows for a page, not for a run.
    expect(Math.max(...waits)).toBeLessThan(syncEnded - began);
  });
});
