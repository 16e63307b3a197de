import { beforeAll, describe, expect, it } from 'vitest';
import { ratingsOf } from '#app/domain/assessment.ts';
import { system } from '#app/domain/audit.ts';
import { openIntents } from '#app/domain/judge.ts';
import type { QualificationForm } from '#app/domain/qualification-form.ts';
import { scorecardSchema } from '#app/domain/scorecard.ts';
import { standingOf } from '#app/domain/scoring.ts';
import { intents, transitions, type Intent } from '#app/domain/transitions.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { factsOf } from '#app/models/qualification.server.ts';
import { markStale } from '#app/models/stale-mark.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import { actOnOpportunity } from '#app/services/act-on-opportunity.server.ts';
import { between, pick, seeded } from '#dev/crm/random.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import { createCast, stand, submitOpen } from './qualification-setup.ts';

const steps = 2000;
const random = seeded(20_261_124);
let people: { id: string }[];
let runId: string;
beforeAll(async () => {
  const cast = await createCast();
  const otherHead = await createUser(db, { roles: ['PRACTICE_HEAD'], practices: ['Security'] });
  const several = await createUser(db, {
    roles: ['MANAGER', 'SOLUTION_ARCHITECT', 'PRACTICE_HEAD'],
    practices: ['Data & AI'],
  });
  people = [cast.manager, cast.head, cast.architect, cast.seller, otherHead, several];
  const run = await db.syncLog.create({
    data: { syncType: 'FULL', status: 'SUCCESS', trigger: 'COMMAND' },
  });
  runId = String(run.id);
});

const acts = intents.filter((intent) => intent !== 'save');

/** What the table allows from a state, by any of its rows. */
function reachable(from: string, before: string | null): string[] {
  const rows = transitions.filter((row) => row.from.some((status) => status === from));
  return rows.flatMap((row) => {
    if (row.to === 'the-verdict') return ['GO', 'NO_GO', 'CONDITIONAL_GO'];
    if (row.to === 'before-hold') return [before ?? ''];
    if (row.to === 'before-assessment') return ['NEW', 'ASSIGNED'];
    return [row.to === 'same' ? from : row.to];
  });
}

/** Two in three acts are ones the person may do; the others are tried all the same. */
async function someAct(id: string) {
  const person = pick(random, people);
  const viewer = await findViewer(db, person.id);
  const open = viewer ? openIntents(viewer, factsOf(await stand(id))) : [];
  const sensible = open.filter((intent) => intent !== 'save');
  const blind = sensible.length === 0 || random() < 1 / 3;
  return { person, intent: pick<Intent>(random, blind ? acts : sensible) };
}

async function carryOut(id: string, person: { id: string }, intent: Intent) {
  if (intent === 'submit') return submitOpen(person, id, completeSheet(between(random, 0, 10)));
  const now = await stand(id);
  const conditional = intent === 'decide' ? 'CONDITIONAL_GO' : 'CONDITIONAL';
  const form = {
    intent,
    revision: now.opportunity.revision - (random() < 0.05 ? 1 : 0),
    assessmentId: now.submitted?.id ?? '1',
    assessorId: pick(random, people).id,
    reason: 'A reason to name.',
    rationale: 'A reason to name.',
    until: '2099-01-01',
    verdict: pick(random, ['GO', 'NO_GO', conditional]),
    conditions: [{ condition: 'Sign the terms', due: '2099-01-01' }],
  } as QualificationForm;
  return actOnOpportunity({ actorId: person.id, opportunityId: id }, form);
}

/** The CRM changes something, closes or reopens, as the sync would write it. */
async function crmMoves(id: string) {
  const where = { id: BigInt(id) };
  const { workflowStatus: from, statusBeforeClose } = await db.opportunity.findUniqueOrThrow({
    where,
  });
  const subject = { type: 'opportunity' as const, id };
  if (from === 'CLOSED_IN_CRM') {
    const to = statusBeforeClose ?? 'NEW';
    const data = { workflowStatus: to, statusBeforeClose: null, crmStatus: 'OPEN' };
    await db.opportunity.update({ where, data });
    const event = { from, to, crmStatus: 'OPEN' };
    const kind = 'opportunity.reopened_in_crm' as const;
    await recordEvent(db, { kind, actor: system, subject, data: event });
  } else if (random() < 1 / 4) {
    const to = 'CLOSED_IN_CRM' as const;
    const data = { workflowStatus: to, statusBeforeClose: from, crmStatus: 'WON' };
    await db.opportunity.update({ where, data });
    const event = { from, to, crmStatus: 'WON' };
    const kind = 'opportunity.closed_in_crm' as const;
    await recordEvent(db, { kind, actor: system, subject, data: event });
  } else {
    const data = { dealValue: String(between(random, 1, 3_000_000)) };
    await db.opportunity.update({ where, data });
  }
  await markStale((text, values) => db.$queryRawUnsafe(text, ...values), [id], runId);
}

describe('a walk at random', () => {
  it(`of ${steps} acts never leaves the table, loses an event or a tenth of a percent`, async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push((await createOpportunity(db)).id);
    const done = new Map<Intent, number>();
    let refused = 0;
    for (let step = 0; step < steps; step++) {
      const id = pick(random, ids);
      if (random() < 1 / 12) {
        await crmMoves(id);
        continue;
      }
      const before = await stand(id);
      const told = await countEvents(id);
      const { person, intent } = await someAct(id);
      const outcome = await carryOut(id, person, intent);
      const after = await stand(id);
      const events = (await countEvents(id)) - told;
      if (outcome.ok) {
        done.set(intent, (done.get(intent) ?? 0) + 1);
        const { status, statusBeforeHold } = before.opportunity;
        expect([after.opportunity.status, events]).toEqual([outcome.to, 1]);
        expect(reachable(status, statusBeforeHold)).toContain(outcome.to);
      } else {
        refused++;
        expect(after).toEqual(before);
        expect([intent, outcome.refusal, events]).toEqual([
          ...[intent, outcome.refusal, [403, 404].includes(outcome.status) ? 1 : 0],
        ]);
      }
    }
    // A walk that never got anywhere would prove nothing.
    expect([...done.keys()].sort()).toEqual([...acts].sort());
    expect(refused).toBeGreaterThan(steps / 10);
    for (const id of ids) await reconcile(id);
  }, 300_000);
});

function countEvents(id: string): Promise<number> {
  return db.auditEvent.count({ where: { subjectType: 'opportunity', subjectId: id } });
}

/** Every move on record begins where the one before ended, the last where it stands; scores are exact. */
async function reconcile(id: string) {
  const events = await db.auditEvent.findMany({
    where: { subjectType: 'opportunity', subjectId: id, kind: { not: 'opportunity.refused' } },
    orderBy: { id: 'asc' },
  });
  let place: unknown = 'NEW';
  for (const { data } of events) {
    const move = data as { from: string; to: string };
    expect(move.from).toBe(place);
    place = move.to;
  }
  expect((await stand(id)).opportunity.status).toBe(place);
  const sheets = await db.assessment.findMany({
    where: { opportunityId: BigInt(id) },
    include: { ratings: true, scorecard: true },
    orderBy: { version: 'asc' },
  });
  expect(sheets.map(({ version }) => version)).toEqual(sheets.map((_, index) => index + 1));
  for (const { ratings, scorecard, score } of sheets) {
    const definition = scorecardSchema.parse(scorecard.definition);
    if (score !== null) expect(score).toBe(standingOf(definition, ratingsOf(ratings)).score);
  }
}
