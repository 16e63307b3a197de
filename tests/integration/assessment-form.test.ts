import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sheet } from '#app/domain/assessment.ts';
import { db } from '#app/lib/db.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { returnAssessment } from '#app/services/return-assessment.server.ts';
import { saveAssessment } from '#app/services/save-assessment.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { sheetBody } from '../factories/sheet-body.ts';
import { completeSheet } from '../factories/sheet.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';
import {
  acting,
  createCast,
  stand,
  submitOpen,
  submittedId,
  type Cast,
} from './qualification-setup.ts';

let app: Application;
let cast: Cast;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  app = await startApplication();
  cast = await createCast();
  const { id, name } = await db.user.findFirstOrThrow({
    where: { email: 'architect@example.test' },
  });
  cast.architect = { id, name: name ?? '' };
  for (const person of ['architect', 'manager', 'sales']) {
    cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());

interface Case {
  id: string;
  path: string;
}

/** An opportunity whose sheet the sample architect has open, or only been assigned. */
async function begun(how: 'open' | 'assigned' = 'open', architect = cast.architect): Promise<Case> {
  const { id, remoteNumber } = await createOpportunity(db);
  await assignOpportunity(await acting(cast.head, id), architect.id);
  if (how === 'open') await startAssessment(await acting(architect, id));
  return { id, path: `/opportunities/${remoteNumber}` };
}

function ask(path: string, body?: URLSearchParams, person = 'architect'): Promise<Response> {
  const headers = { Cookie: cookies[person] ?? '', Accept: 'text/html', Origin: app.url };
  return fetch(app.url + path, {
    method: body ? 'POST' : 'GET',
    body,
    headers,
    redirect: 'manual',
  });
}

/** What of an answer can be read on the page: no scripts, which carry the same words as data. */
async function textOf(response: Response): Promise<string> {
  const html = await response.text();
  return html.replace(/<script.*?<\/script>/gs, '').replaceAll('<!-- -->', '');
}

async function draftOf(id: string) {
  const { draft } = await stand(id);
  if (!draft) throw new Error('There is no draft.');
  return draft;
}

/** Posts a sheet to the page of the form. */
async function send(
  at: Case,
  sheet: Sheet,
  intent = 'save',
  change?: (body: URLSearchParams) => void,
) {
  const body = sheetBody(await draftOf(at.id), sheet, intent);
  change?.(body);
  const response = await ask(`${at.path}/assess`, body);
  return { response, body, html: await textOf(response) };
}

describe('the form of an assessment', () => {
  it('offers the assigned architect to open it, once, and then shows it', async () => {
    const at = await begun('assigned');
    expect(await textOf(await ask(`${at.path}/assess`))).toContain('Open the sheet');
    const { opportunity } = await stand(at.id);
    const body = new URLSearchParams({ intent: 'start', revision: String(opportunity.revision) });
    const answers = await Promise.all([1, 2].map(() => ask(`${at.path}/assess`, body)));
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
    const html = await textOf(await ask(`${at.path}/assess`));
    expect(html).toContain('Strategic fit');
    expect(html).toContain('A named target account or offer of ours');
    expect(await db.assessment.count({ where: { opportunityId: BigInt(at.id) } })).toBe(1);
  });

  it('saves what is typed and comes back with it', async () => {
    const at = await begun();
    const sheet = completeSheet(7, { WIN: null, FIN: 0 });
    const { response } = await send(at, sheet);
    expect([response.status, response.headers.get('Location')]).toEqual([302, `${at.path}/assess`]);
    expect(await draftOf(at.id)).toMatchObject({ ...sheet, revision: 1 });
    const html = await textOf(await ask(`${at.path}/assess`));
    expect(html).toContain('8 of 9 answered');
    expect(html).toContain('49.0 % to 64.0 % possible');
  });

  it('saves from a script, each time on the revision of the last', async () => {
    const at = await begun();
    for (const revision of [1, 2]) {
      const body = sheetBody(await draftOf(at.id), completeSheet(revision + 4));
      const answer = await ask(`${at.path}/assess/draft`, body);
      expect(answer.headers.get('Content-Type')).toContain('application/json');
      expect(await answer.json()).toMatchObject({ ok: true, revision });
    }
  });

  it('submits a complete sheet once, however often it is sent', async () => {
    const at = await begun();
    const body = sheetBody(await draftOf(at.id), completeSheet(8), 'submit');
    const answers = await Promise.all([1, 2, 3].map(() => ask(`${at.path}/assess`, body)));
    const page = `${at.path}/assessments/1`;
    expect(answers.map(({ headers }) => headers.get('Location'))).toEqual([page, page, page]);
    expect(
      await db.auditEvent.count({ where: { subjectId: at.id, kind: 'opportunity.submitted' } }),
    ).toBe(1);
    const html = await textOf(await ask(page));
    expect(html).toContain('80.0 %');
    expect(html).toContain('Because of what we know.');
  });
});

describe('a text that is too long', () => {
  const longSheet = (length = 3000): Sheet => {
    const { summary, answers } = completeSheet(7);
    const note = 'n'.repeat(length);
    return { summary, answers: answers.map((each, at) => (at === 0 ? { ...each, note } : each)) };
  };

  it('is kept in the draft with all the rest, and named with the way there', async () => {
    const at = await begun();
    const sheet = { ...longSheet(), summary: 's'.repeat(4001) };
    expect((await send(at, sheet)).response.status).toBe(302);
    const again = sheetBody(await draftOf(at.id), sheet);
    expect((await ask(`${at.path}/assess/draft`, again)).status).toBe(200);
    expect(await draftOf(at.id)).toMatchObject({ ...sheet, revision: 2 });
    const html = await textOf(await ask(`${at.path}/assess`));
    expect(html).toMatch(
      /<a href="#criterion-STRAT-note"[^>]*>The note on Strategic fit has 3,000/,
    );
    expect(html).toMatch(/<a href="#summary"[^>]*>The summary has 4,001 characters; at most 4,000/);
    expect(html).toContain('3,000 of 2,000 characters, 1,000 too many.');
    expect(html).toContain('>At most 2,000 characters.</p>');
  });

  it('is not submitted, until it is shortened', async () => {
    const at = await begun();
    const { response, html } = await send(at, longSheet(), 'submit');
    expect(response.status).toBe(400);
    expect(html).toContain('is not complete yet. The note on Strategic fit has 3,000 characters');
    expect(html).toContain('n'.repeat(3000));
    expect((await stand(at.id)).opportunity.status).toBe('IN_ASSESSMENT');
    expect((await send(at, longSheet(2000), 'submit')).response.status).toBe(302);
    expect((await stand(at.id)).submitted?.answers[0]?.note).toHaveLength(2000);
  });
});

describe('a refusal', () => {
  it.each([
    ['rating.WIN', '5.5', '“5.5” is no rating'],
    ['rating.WIN', '2.3', '“2.3” is no rating'],
    ['reason.WIN', 'Made up', 'is not among its reasons'],
    ['rating.MADE_UP', '3', 'is no criterion'],
    ['note.WIN', 'n'.repeat(20_001), 'a draft keeps at most 20,000'],
  ])('meets %s “%.10s”, saves nothing, and keeps what was typed', async (name, value, words) => {
    const at = await begun();
    const sheet = { ...completeSheet(8), summary: 'Typed with care and not to be lost.' };
    const { response, html } = await send(at, sheet, 'save', (body) => body.set(name, value));
    expect(response.status).toBe(400);
    expect(html).toContain(words);
    expect(html).toContain('Typed with care and not to be lost.');
    expect((await draftOf(at.id)).revision).toBe(0);
  });

  it('meets an incomplete sheet that is submitted, and keeps what was typed', async () => {
    const at = await begun();
    const sheet = { ...completeSheet(8, { WIN: null }), summary: 'Too short' };
    const { response, html } = await send(at, sheet, 'submit');
    expect(response.status).toBe(400);
    expect(html).toContain('The assessment is not complete yet');
    expect(html).toContain('Too short');
    expect(html).toContain('11 characters');
    expect((await stand(at.id)).opportunity.status).toBe('IN_ASSESSMENT');
  });

  it('meets a form older than the draft, shows both, and saving again keeps one’s own', async () => {
    const at = await begun();
    const old = await draftOf(at.id);
    const by = { actorId: cast.architect.id, opportunityId: at.id };
    const theirs = { ...completeSheet(2), summary: 'Saved in the other window.' };
    await saveAssessment(by, { draftId: old.id, revision: 0, sheet: theirs });
    const mine = { ...completeSheet(8), summary: 'Typed in this window.' };
    const answer = await ask(`${at.path}/assess`, sheetBody(old, mine));
    const html = await textOf(answer);
    expect(answer.status).toBe(409);
    for (const words of [theirs.summary, mine.summary, 'Yours', 'Take the stored draft']) {
      expect(html).toContain(words);
    }
    expect((await draftOf(at.id)).summary).toBe(theirs.summary);
    const revision = Number(/name="revision" value="(\d+)"/.exec(html)?.[1]);
    const again = await ask(`${at.path}/assess`, sheetBody({ id: old.id, revision }, mine));
    expect([again.status, (await draftOf(at.id)).summary]).toEqual([302, mine.summary]);

    const script = await ask(`${at.path}/assess/draft`, sheetBody(old, theirs));
    expect(script.status).toBe(409);
    expect(await script.json()).toMatchObject({ now: { revision: 2, sheet: mine } });
  });

  it('meets everybody but the assigned architect, who keeps what they typed', async () => {
    const other = await createUser(db, { roles: ['SOLUTION_ARCHITECT'], practices: ['Data & AI'] });
    const at = await begun('open', other);
    const sheet = { ...completeSheet(8), summary: 'Typed by somebody else.' };
    const { response, html } = await send(at, sheet);
    expect([response.status, html.includes('Typed by somebody else.')]).toEqual([403, true]);
    const body = sheetBody(await draftOf(at.id), sheet);
    expect((await ask(`${at.path}/assess`, body, 'manager')).status).toBe(403);
    expect((await ask(`${at.path}/assess/draft`, body, 'sales')).status).toBe(403);
    expect((await ask(`${at.path}/assess/draft`, body)).status).toBe(403);
    expect((await draftOf(at.id)).revision).toBe(0);
    const seen = await textOf(await ask(`${at.path}/assess`, undefined, 'manager'));
    expect(seen).toContain(`${other.name} is assessing it`);
    expect((await ask(`${at.path}/assess`, undefined, 'sales')).status).toBe(404);
  });

  it('meets a draft of another opportunity', async () => {
    const [at, elsewhere] = [await begun(), await begun()];
    const body = sheetBody(await draftOf(elsewhere.id), completeSheet(8));
    expect((await ask(`${at.path}/assess`, body)).status).toBe(400);
    expect((await draftOf(elsewhere.id)).revision).toBe(0);
  });

  it('meets a body that is no form', async () => {
    const at = await begun();
    const headers = { Cookie: cookies.architect ?? '', 'Content-Type': 'application/json' };
    for (const path of [`${at.path}/assess`, `${at.path}/assess/draft`]) {
      const answer = await fetch(app.url + path, { method: 'POST', headers, body: '{}' });
      expect(answer.status).toBe(400);
    }
  });
});

describe('versions', () => {
  it('quote why one came back, beside the form and side by side', async () => {
    const at = await begun();
    await submitOpen(cast.architect, at.id, completeSheet(7));
    const assessmentId = await submittedId(at.id);
    const reason = 'Legal is too rosy by far.';
    await returnAssessment(await acting(cast.head, at.id), { assessmentId, reason });
    await send(at, completeSheet(7, { LEGAL: 4 }));
    const form = await textOf(await ask(`${at.path}/assess`));
    expect(form).toContain(reason);
    expect(form).toContain(`Version 1 was returned by ${cast.head.name}`);
    const compared = await textOf(await ask(`${at.path}/versions?left=1&right=2`));
    expect(compared).toContain('1 criterion differs');
    expect(compared).toContain(reason);
    expect(compared.indexOf('Legal and commercial')).toBeLessThan(
      compared.indexOf('Strategic fit'),
    );
  });

  it('are drafts only to those who work on them, and on record to everybody in scope', async () => {
    const other = await createUser(db, { roles: ['SOLUTION_ARCHITECT'] });
    const at = await begun('open', other);
    const statusOf = async (page: string, person: string) =>
      (await ask(`${at.path}/${page}`, undefined, person)).status;
    expect(await statusOf('assessments/1', 'architect')).toBe(404);
    expect(await statusOf('versions?left=1&right=1', 'architect')).toBe(404);
    expect(await statusOf('assessments/1', 'manager')).toBe(200);
    await submitOpen(other, at.id, completeSheet(7));
    expect(await statusOf('assessments/1', 'architect')).toBe(200);
    expect(await statusOf('assessments/1', 'sales')).toBe(404);
  });

  it.each([
    ['assessments/2', 404],
    ['assessments/x', 404],
    ['assessments/0', 404],
    ['versions?left=1&right=9', 404],
    ['versions?left=one', 400],
    ['versions?right=1.5', 400],
    ['versions', 200],
  ])('at %s answer %i', async (page, status) => {
    const at = await begun();
    expect((await ask(`${at.path}/${page}`)).status).toBe(status);
  });
});
