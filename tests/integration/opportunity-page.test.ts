import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { recommend } from '#app/services/recommend.server.ts';
import { returnAssessment } from '#app/services/return-assessment.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';
import {
  acting,
  recommendedOpportunity,
  stand,
  submittedId,
  submittedOpportunity,
  submitOpen,
  type Cast,
} from './qualification-setup.ts';

let app: Application;
let cast: Cast;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  app = await startApplication();
  for (const role of ['manager', 'head', 'architect', 'sales']) {
    cookies[role] = (await app.signIn(`${role}@example.test`)).cookie;
  }
  cast = {
    manager: await person('manager'),
    head: await createUser(db, { roles: ['PRACTICE_HEAD'], practices: ['Data & AI'] }),
    architect: await person('architect'),
    seller: await person('sales'),
  };
});
afterAll(() => app.stop());

async function person(role: string) {
  const { id, name } = await db.user.findFirstOrThrow({
    where: { email: `${role}@example.test` },
  });
  return { id, name: name ?? '' };
}

async function pathOf(id: string): Promise<string> {
  const { remoteNumber } = await db.opportunity.findUniqueOrThrow({ where: { id: BigInt(id) } });
  return `/opportunities/${encodeURIComponent(remoteNumber ?? '')}`;
}

async function post(role: string, id: string, fields: [string, string][]) {
  const response = await fetch(app.url + (await pathOf(id)), {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[role] ?? '', Origin: app.url, Accept: 'text/html' },
    body: new URLSearchParams(fields),
  });
  const { status, headers } = response;
  return { status, location: headers.get('Location'), text: await response.text() };
}

/** The hidden fields of a form made on the opportunity as it stands now. */
async function facts(id: string): Promise<[string, string][]> {
  const { opportunity, submitted } = await stand(id);
  const revision: [string, string] = ['revision', String(opportunity.revision)];
  return submitted ? [revision, ['assessmentId', submitted.id]] : [revision];
}

const refusals = (subjectId: string) =>
  db.auditEvent.count({ where: { subjectId, kind: 'opportunity.refused' } });
const alert = /role="alert"/;

describe('a form on the page of an opportunity', () => {
  it('is carried out and answered with a redirect, to a path of ours alone', async () => {
    const id = await recommendedOpportunity(cast);
    const hold: [string, string][] = [
      ['intent', 'hold'],
      ['until', '2099-01-01'],
      ['reason', 'Budget is frozen.'],
    ];
    const held = await post('manager', id, [
      ...(await facts(id)),
      ...hold,
      ['return_to', '/decisions?page=2'],
    ]);
    expect([held.status, held.location]).toEqual([302, '/decisions?page=2']);
    const resumed = await post('manager', id, [
      ...(await facts(id)),
      ['intent', 'resume'],
      ['return_to', '//elsewhere.example.test'],
    ]);
    expect([resumed.status, resumed.location]).toEqual([302, await pathOf(id)]);
  });

  it.each([
    [[['intent', 'destroy']], 400],
    [[], 400],
    [[['intent', 'decide']], 400],
  ] as [[string, string][], number][])('that asks for %j is refused in words', async (fields) => {
    const id = await recommendedOpportunity(cast);
    const { status, text } = await post('manager', id, fields);
    expect(status).toBe(400);
    expect(text).toMatch(alert);
  });

  it('made on an older revision is told who did what, and keeps what was typed', async () => {
    const id = await recommendedOpportunity(cast);
    const fields: [string, string][] = [
      ...(await facts(id)),
      ['intent', 'decide'],
      ['verdict', 'GO'],
      ['reason', 'Because the buyer asked for us by name.'],
    ];
    const input = { assessmentId: await submittedId(id), reason: 'Look again, please.' };
    const other = await createUser(db, { roles: ['MANAGER'] });
    await returnAssessment(await acting(other, id), input);
    const { status, text } = await post('manager', id, fields);
    expect(status).toBe(409);
    expect(text).toContain('Somebody was faster');
    expect(text).toContain('assessment returned');
    expect(text).toContain('Because the buyer asked for us by name.');
    expect((await stand(id)).opportunity.status).toBe('IN_ASSESSMENT');
  });

  it('is filled in again on the state as it is now, where the act is still possible', async () => {
    const id = await recommendedOpportunity(cast);
    const older: [string, string][] = [...(await facts(id)), ['intent', 'decide']];
    const back = { assessmentId: await submittedId(id), reason: 'Once more, please.' };
    await returnAssessment(await acting(cast.manager, id), back);
    await submitOpen(cast.architect, id, completeSheet(8));
    await recommend(await acting(cast.head, id), {
      ...{ assessmentId: await submittedId(id), verdict: 'GO', rationale: 'Better now.' },
    });
    const { status, text } = await post('manager', id, [...older, ['verdict', 'GO']]);
    expect(status).toBe(409);
    const { opportunity, submitted } = await stand(id);
    expect(text).toContain(`name="revision" value="${opportunity.revision}"`);
    expect(text).toContain(`name="assessmentId" value="${submitted?.id}"`);
    expect(opportunity.status).toBe('RECOMMENDED');
  });

  it('made before something of one’s own says so, and blames nobody', async () => {
    const id = await recommendedOpportunity(cast);
    const fields = [...(await facts(id)), ['intent', 'decide'], ['verdict', 'GO']];
    const input = { assessmentId: await submittedId(id), reason: 'Look again, please.' };
    await returnAssessment(await acting(cast.manager, id), input);
    const { status, text } = await post('manager', id, fields as [string, string][]);
    expect(status).toBe(409);
    expect(text).toContain('You have acted on it since this page was loaded');
  });

  it('sent twice is carried out once, and both times answered alike', async () => {
    const id = await recommendedOpportunity(cast);
    const fields: [string, string][] = [
      ...(await facts(id)),
      ['intent', 'decide'],
      ['verdict', 'GO'],
    ];
    const answers = await Promise.all([post('manager', id, fields), post('manager', id, fields)]);
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
    expect(await db.decision.count({ where: { opportunityId: BigInt(id) } })).toBe(1);
  });

  it('that overrides without a reason keeps what was typed', async () => {
    const id = await recommendedOpportunity(cast, completeSheet(9, { LEGAL: 2 }));
    const { status, text } = await post('manager', id, [
      ...(await facts(id)),
      ['intent', 'decide'],
      ['verdict', 'CONDITIONAL_GO'],
      ['condition', 'Liability is capped'],
      ['due', '2027-05-31'],
    ]);
    expect(status).toBe(400);
    expect(text).toContain('say why');
    expect(text).toContain('value="Liability is capped"');
    expect(text).toContain('value="2027-05-31"');
  });

  it('by somebody whose role does not do it is refused and goes on the record', async () => {
    const id = await submittedOpportunity(cast);
    const fields: [string, string][] = [
      ...(await facts(id)),
      ['intent', 'recommend'],
      ['verdict', 'GO'],
      ['rationale', 'My own sheet is best.'],
    ];
    expect((await post('architect', id, fields)).status).toBe(403);
    const other = await post('head', id, fields);
    expect([other.status, other.text.includes('Data platform')]).toEqual([404, false]);
    expect(await refusals(id)).toBe(2);
    expect((await stand(id)).opportunity.status).toBe('SUBMITTED');
  });
});

describe('an opportunity that a sweep did not see', () => {
  it('says so quietly on its page and in the list, while that is being confirmed', async () => {
    const { id } = await createOpportunity(db, { practice: 'Data & AI' });
    const headers = { Cookie: cookies.manager ?? '', Accept: 'text/html' };
    const read = async (path: string) => (await fetch(app.url + path, { headers })).text();
    const path = await pathOf(id);
    const list = `/opportunities?q=${encodeURIComponent(path.split('/').at(-1)!)}`;
    expect(await read(path)).not.toContain('being confirmed');
    await db.missingOpportunity.create({
      data: { opportunityId: BigInt(id), syncLogId: 1, missedAt: new Date('2026-03-04T12:00:00Z') },
    });
    const words =
      /not seen since (<!-- -->)?<time[^>]*>4 Mar 2026.{0,20}<\/time>(<!-- -->)?, being confirmed/i;
    expect(await read(path)).toMatch(words);
    expect(await read(list)).toMatch(words);
  });
});

describe('a comment', () => {
  const key = () => crypto.randomUUID();
  const comment = (body: string, formKey: string, mentions: string[] = []): [string, string][] => [
    ['intent', 'comment'],
    ['body', body],
    ['formKey', formKey],
    ...mentions.map((id): [string, string] => ['mention', id]),
  ];
  const notices = (userId: string, opportunityId: string) =>
    db.notification.count({
      where: { userId, opportunityId: BigInt(opportunityId), topic: 'mention' },
    });

  it('is kept as text, tells whom it mentions, and counts once however often it is sent', async () => {
    const { id } = await createOpportunity(db);
    const fields = comment('<b>Call</b> them\nsoon', key(), [cast.manager.id]);
    const answers = await Promise.all([
      post('architect', id, fields),
      post('architect', id, fields),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
    expect(await db.comment.count({ where: { opportunityId: BigInt(id) } })).toBe(1);
    expect(await notices(cast.manager.id, id)).toBe(1);
    const page = await fetch(app.url + (await pathOf(id)), {
      headers: { Cookie: cookies.manager ?? '' },
    });
    expect(await page.text()).toContain('&lt;b&gt;Call&lt;/b&gt; them\nsoon');
  });

  it('that mentions somebody who may not read it is refused whole, with what was typed', async () => {
    const { id } = await createOpportunity(db);
    for (const outsider of [cast.seller.id, (await person('head')).id, key()]) {
      const { status, text } = await post(
        'manager',
        id,
        comment('Have a look at this one', key(), [outsider]),
      );
      expect(status).toBe(400);
      expect(text).toContain('may not see this opportunity');
      expect(text).toContain('Have a look at this one');
      expect(await notices(outsider, id)).toBe(0);
    }
    expect(await db.comment.count({ where: { opportunityId: BigInt(id) } })).toBe(0);
  });

  it('is for those who may read the opportunity, and cannot be changed', async () => {
    const { id } = await createOpportunity(db, { salesOwnerEmail: 'Sales@example.test' });
    expect((await post('head', id, comment('Mine?', key()))).status).toBe(404);
    expect((await post('sales', id, comment('Mine.', key()))).status).toBe(302);
    await expect(
      db.comment.updateMany({ where: { opportunityId: BigInt(id) }, data: { body: 'x' } }),
    ).rejects.toThrow('cannot be changed');
  });

  it('with nothing in it, or too much, is refused', async () => {
    const { id } = await createOpportunity(db);
    expect((await post('manager', id, comment('  ', key()))).status).toBe(400);
    expect((await post('manager', id, comment('x'.repeat(4001), key()))).status).toBe(400);
  });
});

describe('a condition of a decision', () => {
  it('is met once, by a manager, on the record', async () => {
    const id = await recommendedOpportunity(cast);
    await post('manager', id, [
      ...(await facts(id)),
      ...([
        ['intent', 'decide'],
        ['verdict', 'CONDITIONAL_GO'],
        ['reason', 'The terms are open.'],
        ['condition', 'Terms signed'],
        ['due', '2099-01-31'],
      ] as [string, string][]),
    ]);
    const { id: conditionId } = await db.decisionCondition.findFirstOrThrow({
      where: { decision: { opportunityId: BigInt(id) } },
    });
    const met: [string, string][] = [
      ['intent', 'meet-condition'],
      ['conditionId', String(conditionId)],
      ['note', 'Signed today.'],
    ];
    expect((await post('architect', id, met)).status).toBe(403);
    expect((await post('manager', id, met)).status).toBe(302);
    expect((await post('manager', id, met)).status).toBe(409);
    const events = { subjectId: id, kind: 'opportunity.condition_met' };
    expect(await db.auditEvent.count({ where: events })).toBe(1);
  });
});
