import { beforeAll, describe, expect, it } from 'vitest';
import { formatDay } from '#app/domain/day.ts';
import { eventWords } from '#app/domain/event-words.ts';
import { db } from '#app/lib/db.server.ts';
import { listDecisions } from '#app/models/decision-list.server.ts';
import { latestDecision } from '#app/models/standing-decision.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { decide } from '#app/services/decide.server.ts';
import { decline } from '#app/services/decline.server.ts';
import { holdOpportunity } from '#app/services/hold-opportunity.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { reopenOpportunity } from '#app/services/reopen-opportunity.server.ts';
import { resumeOpportunity } from '#app/services/resume-opportunity.server.ts';
import { returnAssessment } from '#app/services/return-assessment.server.ts';
import { saveAssessment } from '#app/services/save-assessment.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import {
  acting,
  createCast,
  recommendedOpportunity,
  stand,
  submitOpen,
  submittedId,
  submittedOpportunity,
  type Cast,
} from './qualification-setup.ts';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const later = { until: '2099-01-01', reason: 'Budget is frozen.' };

describe('the life of an opportunity', () => {
  it('goes from assignment to decision, each step on the record', async () => {
    const id = await recommendedOpportunity(cast);
    const assessmentId = await submittedId(id);
    const outcome = await decide(await acting(cast.manager, id), {
      assessmentId,
      verdict: 'GO',
      reason: '',
      conditions: [],
    });
    expect(outcome).toMatchObject({ ok: true, to: 'GO' });
    const events = await db.auditEvent.findMany({
      where: { subjectType: 'opportunity', subjectId: id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ kind }) => kind)).toEqual([
      'opportunity.assigned',
      'opportunity.assessment_started',
      'opportunity.submitted',
      'opportunity.recommended',
      'opportunity.decided',
    ]);
    const row = await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(id) } });
    expect(row).toMatchObject({
      workflowStatus: 'GO',
      managementDecision: 'GO',
      practiceHeadRecommendation: 'GO',
      saNotes: 'A summary that is long enough to be submitted.',
    });
  });

  it('is returned with its reason as a new version that begins from the old answers', async () => {
    const id = await submittedOpportunity(cast);
    const assessmentId = await submittedId(id);
    const input = { assessmentId, reason: 'Legal is too rosy.' };
    const outcome = await returnAssessment(await acting(cast.head, id), input);
    expect(outcome).toMatchObject({ ok: true, to: 'IN_ASSESSMENT', version: 2 });
    const { draft, submitted } = await stand(id);
    expect(draft).toMatchObject({ version: 2, assessorId: cast.architect.id });
    expect(draft?.answers).toEqual(submitted?.answers);
  });

  it('waits on hold and comes back to where it was', async () => {
    const id = await submittedOpportunity(cast);
    expect(await holdOpportunity(await acting(cast.manager, id), later)).toMatchObject({
      to: 'ON_HOLD',
      message: `On hold until ${formatDay(later.until)}.`,
    });
    const told = await db.notification.findFirstOrThrow({
      where: { opportunityId: BigInt(id), userId: cast.architect.id, topic: 'decision' },
    });
    expect(told.title).toMatch(/ on hold until \d+ [A-Z][a-z]{2} \d{4}$/);
    expect(await resumeOpportunity(await acting(cast.manager, id))).toMatchObject({
      to: 'SUBMITTED',
    });
  });

  it('is declined before assessment and reopened to where it had been', async () => {
    const { id } = await createOpportunity(db);
    await decline(await acting(cast.manager, id), 'Not our market.');
    const outcome = await reopenOpportunity(await acting(cast.manager, id), 'It is, after all.');
    expect(outcome).toMatchObject({ ok: true, to: 'NEW', version: null });
  });

  it('hands a draft to another architect as it stands', async () => {
    const other = await createUser(db, { roles: ['SOLUTION_ARCHITECT'] });
    const { id } = await createOpportunity(db);
    await assignOpportunity(await acting(cast.head, id), cast.architect.id);
    await startAssessment(await acting(cast.architect, id));
    await assignOpportunity(await acting(cast.head, id), other.id);
    const { draft, opportunity } = await stand(id);
    expect([draft?.assessorId, opportunity.status]).toEqual([other.id, 'IN_ASSESSMENT']);
    expect(await submitOpen(cast.architect, id, completeSheet())).toMatchObject({ status: 403 });
    expect(await submitOpen(other, id, completeSheet())).toMatchObject({ ok: true });
  });
});

describe('a refusal', () => {
  it('meets a decision on an older version', async () => {
    const id = await recommendedOpportunity(cast);
    const older = await submittedId(id);
    const back = { assessmentId: older, reason: 'Once more, please.' };
    await returnAssessment(await acting(cast.manager, id), back);
    await submitOpen(cast.architect, id, completeSheet(8));
    await recommend(await acting(cast.head, id), {
      assessmentId: await submittedId(id),
      verdict: 'GO',
      rationale: 'Better now.',
    });
    const outcome = await decide(await acting(cast.manager, id), {
      assessmentId: older,
      verdict: 'GO',
      reason: '',
      conditions: [],
    });
    expect(outcome).toMatchObject({ ok: false, refusal: 'changed', status: 409 });
  });

  it('meets an override without a reason, a conditional GO without conditions, an unfinished sheet', async () => {
    const id = await recommendedOpportunity(cast, completeSheet(9, { LEGAL: 2 }));
    const assessmentId = await submittedId(id);
    const go = { assessmentId, verdict: 'GO' as const, reason: '', conditions: [] };
    expect(await decide(await acting(cast.manager, id), go)).toMatchObject({ refusal: 'invalid' });
    const conditional = { ...go, verdict: 'CONDITIONAL_GO' as const, reason: 'We can fix legal.' };
    expect(await decide(await acting(cast.manager, id), conditional)).toMatchObject({
      refusal: 'invalid',
    });
    const kept = { ...conditional, conditions: [{ condition: 'Sign terms', due: '2027-01-31' }] };
    expect(await decide(await acting(cast.manager, id), kept)).toMatchObject({ ok: true });
    const decision = await db.decision.findFirstOrThrow({ where: { opportunityId: BigInt(id) } });
    expect(decision.overrides).toEqual(['knock-out', 'recommendation']);
  });

  it('calls conditions on a recommended GO stricter, not against it', async () => {
    const id = await recommendedOpportunity(cast, completeSheet(9));
    const asked = { assessmentId: await submittedId(id), verdict: 'CONDITIONAL_GO' as const };
    const conditions = [{ condition: 'Sign terms', due: '2099-01-31' }];
    const bare = { ...asked, reason: '', conditions };
    expect(await decide(await acting(cast.manager, id), bare)).toMatchObject({
      message: 'This is stricter than recommended: say why, in at least 5 characters.',
    });
    const outcome = await decide(await acting(cast.manager, id), { ...bare, reason: 'No risk.' });
    expect(outcome).toMatchObject({ message: 'Decided: Conditional GO.' });
    const about = { subjectId: id, kind: 'opportunity.decided' };
    const { data } = await db.auditEvent.findFirstOrThrow({ where: about });
    expect(eventWords(about.kind, data).text).toBe(
      'decided Conditional GO on version 1, stricter than recommended',
    );
    const standing = { today: '2026-11-25', followed: true };
    expect(await latestDecision(db, id, standing)).toMatchObject({
      overrides: ['recommendation'],
      recommended: 'GO',
    });
    const [past] = (await listDecisions(db, { limit: 1, before: null })).rows;
    expect(past).toMatchObject({ id, overrides: ['recommendation'], recommended: 'GO' });
  });

  it('meets whoever judges their own work', async () => {
    const both = await createUser(db, {
      roles: ['PRACTICE_HEAD', 'SOLUTION_ARCHITECT', 'MANAGER'],
      practices: ['Data & AI'],
    });
    const id = await submittedOpportunity({ ...cast, architect: both });
    const assessmentId = await submittedId(id);
    const input = { assessmentId, verdict: 'GO' as const, rationale: 'My own is best.' };
    expect(await recommend(await acting(both, id), input)).toMatchObject({
      refusal: 'own-assessment',
      status: 403,
    });
    expect(
      await db.auditEvent.count({ where: { subjectId: id, kind: 'opportunity.refused' } }),
    ).toBe(1);
  });

  it('meets the second of two windows that save one draft, and loses nothing of the first', async () => {
    const { id } = await createOpportunity(db);
    await assignOpportunity(await acting(cast.head, id), cast.architect.id);
    await startAssessment(await acting(cast.architect, id));
    const { draft } = await stand(id);
    const by = { actorId: cast.architect.id, opportunityId: id };
    const input = { draftId: draft?.id ?? '', revision: 0 };
    const first = await saveAssessment(by, { ...input, sheet: completeSheet(8) });
    const second = await saveAssessment(by, { ...input, sheet: completeSheet(2) });
    expect([first.ok, second]).toEqual([true, expect.objectContaining({ status: 409 })]);
    expect((await stand(id)).draft?.answers[0]?.halfSteps).toBe(8);
  });
});

describe('fifty decisions at once', () => {
  it('end as one decision, one event, and forty-nine who are told who was faster', async () => {
    const id = await recommendedOpportunity(cast);
    const assessmentId = await submittedId(id);
    const by = await acting(cast.manager, id);
    const input = { assessmentId, verdict: 'GO' as const, reason: '', conditions: [] };
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => decide(by, input)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const told = outcomes.filter((outcome) => !outcome.ok && outcome.refusal === 'changed');
    expect(told).toHaveLength(49);
    expect(told[0]).toMatchObject({ since: { actor: cast.manager.name, what: 'Decided' } });
    expect(
      await db.auditEvent.count({ where: { subjectId: id, kind: 'opportunity.decided' } }),
    ).toBe(1);
  });
});

describe('what is on the record', () => {
  it('cannot be changed, not even by SQL', async () => {
    const id = await recommendedOpportunity(cast);
    const assessment = `(SELECT max(id) FROM assessments WHERE opportunity_id = ${id})`;
    for (const attempt of [
      `UPDATE assessments SET summary = 'x' WHERE id = ${assessment}`,
      `DELETE FROM assessments WHERE id = ${assessment}`,
      `UPDATE assessment_ratings SET half_steps = 10 WHERE assessment_id = ${assessment}`,
      `DELETE FROM assessment_ratings WHERE assessment_id = ${assessment}`,
      `INSERT INTO assessment_ratings (assessment_id, criterion) VALUES (${assessment}, 'NEW')`,
      `UPDATE recommendations SET rationale = 'x' WHERE opportunity_id = ${id}`,
      `UPDATE scorecards SET definition = '{}'`,
    ]) {
      await expect(db.$executeRawUnsafe(attempt)).rejects.toThrow(/record|cannot be changed/);
    }
  });
});
