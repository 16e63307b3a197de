import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { listSince } from '#app/models/decision-since.server.ts';
import { checkMemos, findMemo, type StoredMemo } from '#app/models/memo.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { decline } from '#app/services/decline.server.ts';
import { reopenOpportunity } from '#app/services/reopen-opportunity.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  submittedId,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const conditions = [{ condition: 'Sign <b>terms</b>', due: '2027-01-31' }];

async function conditional(id: string) {
  return decide(await acting(cast.manager, id), {
    assessmentId: await submittedId(id),
    verdict: 'CONDITIONAL_GO',
    conditions,
    reason: 'Legal can be mended.',
  });
}

async function decided(): Promise<{ id: string; decisionId: string }> {
  const id = await recommendedOpportunity(cast, completeSheet(7, { LEGAL: 2 }));
  await addEvidence(id, 'terms.pdf', {});
  await addEvidence(id, 'removed.pdf', { removedAt: new Date() });
  await addEvidence(id, 'virus.pdf', { scanStatus: 'REFUSED' });
  const outcome = await conditional(id);
  if (!outcome.ok) throw new Error(outcome.message);
  return { id, decisionId: outcome.decisionId };
}

function addEvidence(id: string, name: string, more: object) {
  return db.evidenceFile.create({
    data: {
      opportunityId: BigInt(id),
      name,
      contentType: 'application/pdf',
      size: 12345n,
      criterion: 'LEGAL',
      sha256: 'ab'.repeat(32),
      storageKey: `${id}/${name}`,
      scanStatus: 'CLEAN',
      uploadedByName: 'Ada Architect',
      ...more,
    },
  });
}

async function memoOf(id: string, decisionId: string): Promise<StoredMemo> {
  const found = await findMemo(db, id, decisionId);
  if (!found) throw new Error(`Decision ${decisionId} has no memo.`);
  return found;
}

/** Retires the scorecard in force for another of the same criteria. */
async function replaceScorecard() {
  const where = { status: 'PUBLISHED' as const };
  const { id, definition } = await db.scorecard.findFirstOrThrow({ where });
  await db.scorecard.update({ where: { id }, data: { status: 'RETIRED' } });
  await db.scorecard.create({
    data: {
      ...where,
      name: 'Next year',
      basedOnId: id,
      createdByName: 'Maya Manager',
      definition: definition ?? {},
      publishedAt: new Date(),
    },
  });
}

/** Does what only the owner of the table can: changes a memo with its trigger off. */
async function tamper(sql: string) {
  await db.$executeRawUnsafe('ALTER TABLE decision_memos DISABLE TRIGGER decision_memos_fixed');
  await db.$executeRawUnsafe(sql);
  await db.$executeRawUnsafe('ALTER TABLE decision_memos ENABLE TRIGGER decision_memos_fixed');
}

describe('a memo', () => {
  it('holds with the decision all it stood on', async () => {
    const { id, decisionId } = await decided();
    const { memo, state, content, sha256 } = await memoOf(id, decisionId);
    expect(state).toBe('matches');
    expect(sha256).toBe(createHash('sha256').update(content, 'utf8').digest('hex'));
    expect(memo).toMatchObject({
      opportunity: { id, dealValue: '1250000.50', closeDate: '2027-03-31', geo: null },
      assessment: { version: 1, score: 650, band: 'consider', knockOuts: ['LEGAL'], stale: [] },
      sensitivity: { up: { steps: [{ criterion: 'LEGAL', from: 2, to: 3 }] } },
      evidence: [{ name: 'terms.pdf', size: '12345', criterion: 'LEGAL' }],
      recommendation: { verdict: 'GO', rationale: 'Worth the effort.', by: cast.head },
      decision: {
        id: decisionId,
        verdict: 'CONDITIONAL_GO',
        conditions,
        by: cast.manager,
        overrides: ['knock-out', 'recommendation'],
      },
    });
    expect(memo?.evidence).toHaveLength(1);
    expect(memo?.assessment?.answers).toHaveLength(9);
  });

  it('of a decline has no sheet', async () => {
    const { id } = await createOpportunity(db, { dealValue: null, name: null });
    const outcome = await decline(await acting(cast.manager, id), 'Not our market.');
    const { memo } = await memoOf(id, outcome.ok ? outcome.decisionId : '0');
    expect(memo).toMatchObject({ assessment: null, sensitivity: null, recommendation: null });
    expect(memo?.opportunity).toMatchObject({ dealValue: null, name: null });
    expect(memo?.decision).toMatchObject({ verdict: 'NO_GO', reason: 'Not our market.' });
  });

  it('stays as it was while everything it tells of changes', async () => {
    const { id, decisionId } = await decided();
    const before = await memoOf(id, decisionId);
    const where = { opportunityId: BigInt(id) };
    await db.opportunity.update({
      where: { id: BigInt(id) },
      data: { dealValue: '1', name: 'Another', stage: 'Closed', lastSyncedAt: new Date() },
    });
    await db.evidenceFile.updateMany({ where, data: { removedAt: new Date() } });
    await replaceScorecard();
    await db.user.update({ where: { id: cast.manager.id }, data: { name: 'Renamed' } });
    await db.decisionCondition.updateMany({
      where: { decisionId: BigInt(decisionId) },
      data: { metAt: new Date(), metByName: 'Sam', metNote: 'Signed.' },
    });
    await reopenOpportunity(await acting(cast.manager, id), 'Things have changed.');
    expect(await memoOf(id, decisionId)).toEqual(before);
    await db.user.update({ where: { id: cast.manager.id }, data: { name: cast.manager.name } });
    expect(await listSince(db, decisionId)).toMatchObject([
      { kind: 'condition-met', by: 'Sam', about: 'Sign <b>terms</b>', note: 'Signed.' },
      { kind: 'reopened', about: 'Things have changed.' },
    ]);
  });

  it('takes the decision with it when it cannot be written', async () => {
    const id = await recommendedOpportunity(cast, completeSheet(7, { LEGAL: 2 }));
    const { id: other } = await createOpportunity(db);
    const refuse = 'ALTER TABLE decision_memos ADD CONSTRAINT none CHECK (false) NOT VALID';
    await db.$executeRawUnsafe(refuse);
    try {
      await expect(conditional(id)).rejects.toThrow();
      await expect(decline(await acting(cast.manager, other), 'Not ours.')).rejects.toThrow();
    } finally {
      await db.$executeRawUnsafe('ALTER TABLE decision_memos DROP CONSTRAINT none');
    }
    const ids = [BigInt(id), BigInt(other)];
    expect(await db.decision.count({ where: { opportunityId: { in: ids } } })).toBe(0);
    const rows = await db.opportunity.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ workflowStatus }) => workflowStatus)).toEqual(['RECOMMENDED', 'NEW']);
    const kinds = ['opportunity.decided', 'opportunity.declined'];
    const where = { subjectId: { in: [id, other] }, kind: { in: kinds } };
    expect(await db.auditEvent.count({ where })).toBe(0);
    expect(await conditional(id)).toMatchObject({ ok: true });
  });

  it('is of its own opportunity alone', async () => {
    const { decisionId } = await decided();
    const { id: other } = await createOpportunity(db);
    expect(await findMemo(db, other, decisionId)).toBeNull();
    expect(await findMemo(db, other, '999999999999')).toBeNull();
  });
});

describe('a change of a memo', () => {
  it('is refused by the database', async () => {
    const { decisionId } = await decided();
    for (const attempt of [
      `UPDATE decision_memos SET content = 'x' WHERE decision_id = ${decisionId}`,
      `UPDATE decision_memos SET sha256 = 'x' WHERE decision_id = ${decisionId}`,
      `DELETE FROM decision_memos WHERE decision_id = ${decisionId}`,
    ]) {
      await expect(db.$executeRawUnsafe(attempt)).rejects.toThrow(/record/);
    }
    await expect(
      db.decisionMemo.create({
        data: { decisionId: BigInt(decisionId), content: 'x', sha256: 'x' },
      }),
    ).rejects.toThrow();
  });

  it('is found where the trigger was off, however many memos a look takes in', async () => {
    const all = [];
    for (let n = 0; n < 5; n++) all.push(await decided());
    const [altered, resealed, misplaced, missing, sound] = all.map(({ decisionId }) => decisionId);
    expect((await checkMemos(db, 2)).faults).toEqual([]);
    await tamper(
      `UPDATE decision_memos SET content = replace(content, 'Legal can', 'Legal cannot') WHERE decision_id = ${altered}`,
    );
    await tamper(
      `UPDATE decision_memos SET content = content || ' ',
         sha256 = encode(sha256(convert_to(content || ' ', 'UTF8')), 'hex') WHERE decision_id = ${resealed}`,
    );
    await tamper(
      `UPDATE decision_memos m SET content = s.content, sha256 = s.sha256 FROM decision_memos s
       WHERE m.decision_id = ${misplaced} AND s.decision_id = ${sound}`,
    );
    await tamper(`DELETE FROM decision_memos WHERE decision_id = ${missing}`);
    const { checked, faults } = await checkMemos(db, 2);
    expect(checked).toBe(await db.decision.count());
    expect(faults.map(({ decisionId, state }) => [decisionId, state])).toEqual([
      [altered, 'altered'],
      [resealed, 'altered'],
      [misplaced, 'misplaced'],
      [missing, 'missing'],
    ]);
    expect((await memoOf(all[0]?.id ?? '', altered ?? '')).state).toBe('altered');
    const run = runCheck();
    expect(run.status).toBe(1);
    expect(run.output).toContain(`The memo of decision ${altered}`);
    expect(run.output).toContain('4 memos at fault');
  });
});

function runCheck(): { status: number; output: string } {
  try {
    const output = execFileSync('node', ['jobs/check-memos-command.ts'], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, NODE_ENV: 'test' },
    });
    return { status: 0, output };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { status, output: stdout + stderr };
  }
}
