import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scorecardSchema } from '#app/domain/scorecard.ts';
import { typedOf, type TypedScorecard } from '#app/domain/typed-scorecard.ts';
import { db } from '#app/lib/db.server.ts';
import { readScorecard } from '#app/models/scorecard-list.server.ts';
import { publishedScorecard } from '#app/models/scorecard.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { publishScorecard } from '#app/services/publish-scorecard.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { completeSheet } from '../factories/sheet.ts';
import { typedForm } from '../factories/typed-scorecard.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { acting, createCast, stand, submitOpen, type Cast } from './qualification-setup.ts';

let app: Application;
let cast: Cast;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  app = await startApplication();
  cast = await createCast();
  for (const who of ['manager', 'head', 'architect', 'sales']) {
    cookies[who] = (await app.signIn(`${who}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());

function post(path: string, body: FormData | Record<string, string>, who = 'manager') {
  const pairs = body instanceof FormData ? [...body].map(([k, v]) => [k, String(v)]) : body;
  return fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[who] ?? '', Origin: app.url },
    body: new URLSearchParams(pairs),
  });
}

const get = (path: string) =>
  fetch(app.url + path, { headers: { Cookie: cookies.manager ?? '' }, redirect: 'manual' });

/** Begins a draft from what is in force, as the button does. */
async function draft(): Promise<string> {
  const { id } = await publishedScorecard(db);
  const response = await post('/admin/scorecards', { intent: 'draft', from: id });
  expect(response.status).toBe(302);
  return response.headers.get('Location')?.split('/').at(-1) ?? '';
}

const stored = async (id: string) => {
  const card = await readScorecard(db, id);
  if (!card) throw new Error(`There is no scorecard ${id}.`);
  return card;
};

/** The editor's form as it stands, changed and sent with a button. */
async function send(
  id: string,
  intent: string,
  change: (typed: TypedScorecard) => void = () => undefined,
  revision?: number,
) {
  const card = await stored(id);
  const typed = typedOf(card.name, card.definition);
  change(typed);
  const form = typedForm(typed);
  form.set('intent', intent);
  form.set('revision', String(revision ?? card.revision));
  return post(`/admin/scorecards/${id}`, form);
}

const weighStrategy = (weight: string) => (typed: TypedScorecard) => {
  const [first] = typed.criteria;
  if (first) first.weight = weight;
};
const weighTwo = (one: string, other: string) => (typed: TypedScorecard) => {
  weighStrategy(one)(typed);
  const second = typed.criteria[1];
  if (second) second.weight = other;
};
const publish = async (id: string, more: Record<string, string> = {}) => {
  const [{ revision }, inForce] = [await stored(id), await publishedScorecard(db)];
  const seen = { revision: String(revision), inForce: inForce.id };
  return post(`/admin/scorecards/${id}/publish`, { intent: 'publish', ...seen, ...more });
};
const kindsAbout = async (subjectId: string) =>
  (
    await db.auditEvent.findMany({
      where: { subjectType: 'scorecard', subjectId },
      orderBy: { id: 'asc' },
    })
  ).map(({ kind }) => kind);

describe('a draft', () => {
  it('begins as a copy, is saved, and is on the record', async () => {
    const id = await draft();
    const inForce = await publishedScorecard(db);
    expect(await stored(id)).toMatchObject({
      name: `Copy of ${inForce.name}`,
      status: 'DRAFT',
      revision: 0,
      definition: inForce.definition,
      basedOn: { id: inForce.id },
    });
    const saved = await send(id, 'save', (typed) => {
      typed.name = 'Winter';
      weighTwo('20', '10')(typed);
    });
    expect(saved.headers.get('Location')).toBe(`/admin/scorecards/${id}`);
    const card = await stored(id);
    expect(card).toMatchObject({ name: 'Winter', revision: 1 });
    expect(card.definition.criteria.map(({ weight }) => weight).slice(0, 2)).toEqual([20, 10]);
    expect(await kindsAbout(id)).toEqual(['scorecard.drafted', 'scorecard.saved']);
  });

  it('is not written again where it says the same already', async () => {
    const id = await draft();
    expect((await send(id, 'save.publish')).headers.get('Location')).toMatch(/\/publish$/);
    expect((await stored(id)).revision).toBe(0);
    expect(await kindsAbout(id)).toEqual(['scorecard.drafted']);
  });

  it('refuses weights that add up to 99, changes nothing and keeps what was typed', async () => {
    const id = await draft();
    const before = await stored(id);
    const response = await send(id, 'save', (typed) => {
      typed.name = 'Typed & kept';
      weighStrategy('14')(typed);
      typed.fastTrack.limits = [{ currency: 'SEK', amount: '77000' }];
    });
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('The weights add up to 99, not to 100.');
    expect(page).toContain('value="Typed &amp; kept"');
    expect(page).toMatch(/name="criteria\.0\.weight"[^>]*value="14"/);
    expect(page).toContain('value="77000"');
    expect(await stored(id)).toEqual(before);
  });

  it.each([
    ['add.criteria', 'criteria.9.code', true],
    ['remove.criteria.8', 'criteria.8.code', false],
    ['add.limits', 'limits.0.amount', true],
  ])('changes rows without saving, keeping what was typed: %s', async (intent, field, there) => {
    const id = await draft();
    const response = await send(id, intent, (typed) => (typed.name = 'Half done'));
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page.includes(`name="${field}"`)).toBe(there);
    expect(page).toContain('value="Half done"');
    expect((await stored(id)).revision).toBe(0);
  });

  it('tells a second window who was faster, keeps its text, and lets it save over knowingly', async () => {
    const id = await draft();
    await send(id, 'save', (typed) => (typed.name = 'First window'));
    const late = (typed: TypedScorecard) => (typed.name = 'Second window');
    const refused = await send(id, 'save', late, 0);
    expect(refused.status).toBe(409);
    const page = await refused.text();
    expect(page).toContain('Maya Manager saved this draft since you opened it');
    expect(page).toContain('value="Second window"');
    expect(page).toContain('value="overwrite.1"');
    expect((await stored(id)).name).toBe('First window');
    expect((await send(id, 'overwrite.1', late, 0)).status).toBe(302);
    expect(await stored(id)).toMatchObject({ name: 'Second window', revision: 2 });
  });

  it('is discarded, and who still types in it keeps the text', async () => {
    const id = await draft();
    const form = typedForm(typedOf('Left open', (await stored(id)).definition));
    form.set('intent', 'save');
    form.set('revision', '0');
    const discarded = await post(`/admin/scorecards/${id}`, { intent: 'discard', revision: '0' });
    expect(discarded.headers.get('Location')).toBe('/admin/scorecards');
    expect(await kindsAbout(id)).toEqual(['scorecard.drafted', 'scorecard.discarded']);
    const late = await post(`/admin/scorecards/${id}`, form);
    expect(late.status).toBe(404);
    const page = await late.text();
    expect(page).toContain('its draft was discarded');
    expect(page).toContain('value="Left open"');
    expect((await get(`/admin/scorecards/${id}`)).status).toBe(404);
  });

  it('survives what no form of ours sends', async () => {
    const id = await draft();
    for (const body of [
      {},
      { intent: 'save' },
      { intent: 'save', revision: 'x', name: 'y' },
      { intent: 'save', revision: '0', name: 'y' },
      { intent: 'save', revision: '0', name: '\u0000', 'criteria.0.code': '__proto__' },
      { intent: 'discard' },
    ] as Record<string, string>[]) {
      expect((await post(`/admin/scorecards/${id}`, body)).status).toBe(400);
    }
    const { name } = await stored(id);
    expect((await send(id, 'save', (typed) => (typed.name = 'a\u0000b'))).status).toBe(400);
    expect((await stored(id)).name).toBe(name);
  });
});

describe('publishing', () => {
  it('puts the draft in force and retires the one before; what is open keeps its own', async () => {
    const before = await publishedScorecard(db);
    const { id: opportunityId } = await createOpportunity(db);
    await assignOpportunity(await acting(cast.head, opportunityId), cast.architect.id);
    await startAssessment(await acting(cast.architect, opportunityId));
    const id = await draft();
    await send(id, 'save', weighTwo('20', '10'));
    const page = await (await get(`/admin/scorecards/${id}/publish`)).text();
    expect(page).toContain('Strategic fit: weight');
    expect(page).toMatch(/1 assessment<!-- --> open now|1 assessment open now/);
    expect((await publish(id)).headers.get('Location')).toBe('/admin/scorecards');
    expect(await publishedScorecard(db)).toMatchObject({ id });
    expect(await stored(before.id)).toMatchObject({ status: 'RETIRED' });
    expect(await kindsAbout(id)).toEqual([
      ...['scorecard.drafted', 'scorecard.saved', 'scorecard.published'],
    ]);
    await submitOpen(cast.architect, opportunityId, completeSheet(7, { STRAT: 10, WIN: 0 }));
    const { submitted } = await stand(opportunityId);
    expect(submitted?.scorecard.id).toBe(before.id);
    expect(submitted?.score).toBe(700 + 3 * 15 - 7 * 15);
  });

  it('never changes what has been published, in no way', async () => {
    const id = await draft();
    await publish(id);
    const before = await stored(id);
    const refused = await send(id, 'save', weighTwo('25', '5'));
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('has been published and never changes');
    expect(
      (await post(`/admin/scorecards/${id}`, { intent: 'discard', revision: '0' })).status,
    ).toBe(409);
    expect((await publish(id)).status).toBe(409);
    await expect(
      db.$executeRaw`UPDATE scorecards SET name = 'x' WHERE id = ${BigInt(id)}`,
    ).rejects.toThrow(/on the record/);
    expect(await stored(id)).toEqual(before);
    expect(await (await get(`/admin/scorecards/${id}`)).text()).not.toContain('name="revision"');
  });

  it('lets one of two who publish at once win, and tells the other', async () => {
    for (let round = 0; round < 3; round++) {
      const drafts = [await draft(), await draft()];
      const { id: inForce } = await publishedScorecard(db);
      const answers = await Promise.all(drafts.map((id) => publish(id, { inForce })));
      expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
      const told = answers.find(({ status }) => status === 409);
      expect(await told?.text()).toMatch(/Maya Manager published “.*” since you opened this page/);
      expect(await db.scorecard.count({ where: { status: 'PUBLISHED' } })).toBe(1);
    }
  });

  it('publishes nothing that was not looked at', async () => {
    const id = await draft();
    await send(id, 'save', weighTwo('22', '8'));
    const answer = await publish(id, { revision: '0' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('saved this draft since you opened it');
    expect((await stored(id)).status).toBe('DRAFT');
  });
});

describe('who may', () => {
  it('is a manager alone, whatever is posted', async () => {
    const id = await draft();
    const form = { intent: 'publish', revision: '0', inForce: (await publishedScorecard(db)).id };
    for (const who of ['head', 'architect', 'sales']) {
      expect((await post('/admin/scorecards', { intent: 'draft', from: id }, who)).status).toBe(
        403,
      );
      expect((await post(`/admin/scorecards/${id}/publish`, form, who)).status).toBe(403);
      const discard = { intent: 'discard', revision: '0' };
      expect((await post(`/admin/scorecards/${id}`, discard, who)).status).toBe(403);
    }
    const publication = { scorecardId: id, revision: 0, inForceId: form.inForce };
    expect(await publishScorecard({ actor: cast.head }, publication)).toMatchObject({
      ok: false,
      refusal: 'not-allowed',
      status: 403,
    });
    expect((await stored(id)).status).toBe('DRAFT');
  });
});

describe('the list', () => {
  it('says how many assessments each scorecard has', async () => {
    const page = await (await get('/admin/scorecards')).text();
    for (const word of ['In force', 'Draft', 'Retired', 'BQS standard'])
      expect(page).toContain(word);
    const rows = await db.scorecard.findMany();
    for (const { definition } of rows)
      expect(scorecardSchema.safeParse(definition).success).toBe(true);
  });
});
