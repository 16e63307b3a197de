import { execFile } from 'node:child_process';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, pool } from '#app/lib/db.server.ts';
import { decline } from '#app/services/decline.server.ts';
import { holdOpportunity } from '#app/services/hold-opportunity.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { reopenOpportunity } from '#app/services/reopen-opportunity.server.ts';
import { returnAssessment } from '#app/services/return-assessment.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  submittedId,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
let id: string;

beforeAll(async () => {
  cast = await createCast();
  await createOpportunity(db);
  const closed = { workflowStatus: 'CLOSED_IN_CRM', statusBeforeClose: 'NEW' } as const;
  await createOpportunity(db, { ...closed, crmStatus: 'WON' });
  const declined = await createOpportunity(db);
  await decline(await acting(cast.manager, declined.id), 'Not our market.');
  const held = await submittedOpportunity(cast);
  const until = { until: '2099-01-01', reason: 'Budget is frozen.' };
  await holdOpportunity(await acting(cast.manager, held), until);
  const back = await submittedOpportunity(cast);
  const input = { assessmentId: await submittedId(back), reason: 'Legal is too rosy.' };
  await returnAssessment(await acting(cast.head, back), input);
  id = await recommendedOpportunity(cast);
  await decide(await acting(cast.manager, id), {
    assessmentId: await submittedId(id),
    verdict: 'GO',
    reason: '',
    conditions: [],
  });
  const again = await recommendedOpportunity(cast);
  await decide(await acting(cast.manager, again), {
    assessmentId: await submittedId(again),
    verdict: 'CONDITIONAL_GO',
    reason: 'Terms open.',
    conditions: [{ condition: 'Terms signed', due: '2027-01-31' }],
  });
  await reopenOpportunity(await acting(cast.manager, again), 'The terms have changed.');
});

function check(): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(process.execPath, ['jobs/check-command.ts'], (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

/** Changes the tables behind the record, and takes it back after the test. */
async function tamper(statements: string, undo: string): Promise<string> {
  await pool.query(statements);
  const { code, output } = await check();
  await pool.query(undo);
  expect(code).toBe(1);
  return output;
}

describe('the check of the qualification', () => {
  beforeEach(async () => {
    expect(await check()).toEqual({ code: 0, output: expect.stringMatching(/all reconcile\n$/) });
  });

  it('finds a state that nobody moved', async () => {
    const output = await tamper(
      `UPDATE opportunities SET workflow_status = 'NO_GO' WHERE id = ${id}`,
      `UPDATE opportunities SET workflow_status = 'GO' WHERE id = ${id}`,
    );
    expect(output).toContain('state: the table says "NO_GO", the record "GO"');
    expect(output).toContain('1 opportunities do not reconcile');
  });

  it('finds a score that its ratings do not give', async () => {
    const set = (score: number) =>
      `SET session_replication_role = replica;
       UPDATE assessments SET score = ${score} WHERE opportunity_id = ${id};
       SET session_replication_role = DEFAULT`;
    const output = await tamper(set(900), set(700));
    expect(output).toContain(
      'score of version 1 by its ratings: the table says 900, the record 700',
    );
  });

  it('finds an architect and a decision that nobody gave', async () => {
    const set = (sa: string, decision: string) =>
      `UPDATE opportunities SET assigned_sa = ${sa}, management_decision = ${decision} WHERE id = ${id}`;
    const output = await tamper(set('NULL', `'NO_GO'`), set(`'${cast.architect.id}'`, `'GO'`));
    expect(output).toMatch(/architect: .*\n\s+decision: the table says "NO_GO"/);
  });

  it('finds an event that names no opportunity', async () => {
    await db.auditEvent.create({
      data: {
        kind: 'opportunity.resumed',
        actorName: 'Someone',
        subjectType: 'opportunity',
        subjectId: '999999999',
        data: { from: 'ON_HOLD', to: 'NEW' },
      },
    });
    const { code, output } = await check();
    expect([code, output]).toEqual([1, expect.stringContaining('1 events name an opportunity')]);
  });
});
