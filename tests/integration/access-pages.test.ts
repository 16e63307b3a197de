import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { createOpportunity } from '../factories/opportunity.ts';
import { createUser } from '../factories/user.ts';
import { startApplication, type Application } from '../setup/application.ts';

const people = ['manager', 'head', 'architect', 'sales'] as const;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};
let app: Application;
let cloud: { id: string; remoteNumber: string | null };

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  app = await startApplication();
  for (const person of people) {
    cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
    const { id } = await db.user.findFirstOrThrow({ where: { email: `${person}@example.test` } });
    ids[person] = id;
  }
  cloud = await createOpportunity(db, { practice: 'Cloud & Infrastructure', name: 'Cloud move' });
  await createUser(db, { name: '=cmd|calc', email: 'odd@example.test', roles: ['SALES'] });
});
afterAll(() => app.stop());

const get = (person: string, path: string) =>
  fetch(app.url + path, { headers: { Cookie: cookies[person] ?? '' }, redirect: 'manual' });
const text = async (person: string, path: string) =>
  (await (await get(person, path)).text()).replace(/<!-- -->/g, '');
const post = (person: string, path: string, body: Record<string, string>) =>
  fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookies[person] ?? '', Origin: app.url },
    body: new URLSearchParams(body),
  });
const naming = (role = 'PRACTICE_HEAD', away = 'head', standIn = 'architect') => ({
  intent: 'name',
  absence: `${ids[away]} ${role}`,
  standInId: ids[standIn] ?? '',
  from: day(0),
  to: day(5),
});

describe('the page of stand-ins', () => {
  it('lets a practice head name their own, whom the stand-in then acts for', async () => {
    const page = `/opportunities/${cloud.remoteNumber}`;
    expect((await get('architect', page)).status).toBe(404);
    expect((await get('architect', '/reviews')).status).toBe(403);
    const answer = await post('head', '/people/stand-ins', naming());
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/people/stand-ins']);
    expect((await get('architect', page)).status).toBe(200);
    expect((await get('architect', '/reviews')).status).toBe(200);
    const worklist = await text('architect', '/');
    expect(worklist).toMatch(/You stand in for <bdi[^>]*>Hugo Head<\/bdi> as practice head until/);
    expect(await text('head', '/')).toMatch(
      />Arno Architect<\/bdi> stands in for you|stands in for you as/,
    );
    expect(await text('architect', page)).toContain('You do this for Hugo Head');
    for (const path of ['/people', '/sync', '/admin/scorecards', '/people/access'])
      expect((await get('architect', path)).status).toBe(403);
  });

  it('refuses in words and keeps what was typed', async () => {
    const twice = await post('head', '/people/stand-ins', { ...naming(), to: day(3) });
    expect(twice.status).toBe(409);
    const body = await twice.text();
    expect(body).toContain('already on some of these days');
    expect(body).toContain(`value="${day(3)}"`);
    const forAnother = await post('head', '/people/stand-ins', naming('MANAGER', 'manager'));
    expect(forAnother.status).toBe(403);
    for (const wrong of [{ absence: 'x' }, { from: '2026-02-31' }, { standInId: '' }])
      expect((await post('head', '/people/stand-ins', { ...naming(), ...wrong })).status).toBe(400);
    const nobody = { ...naming(), standInId: '00000000-0000-4000-8000-0000000000ff' };
    expect((await post('head', '/people/stand-ins', nobody)).status).toBe(409);
  });

  it('shows everybody their own and a manager all, and is ended by who is concerned', async () => {
    expect(await text('manager', '/people/stand-ins')).toContain('Hugo Head');
    expect(await text('sales', '/people/stand-ins')).not.toContain('Hugo Head</bdi>');
    const { id } = await db.standIn.findFirstOrThrow({ where: { endedAt: null } });
    const end = { intent: 'end', id: String(id) };
    expect((await post('sales', '/people/stand-ins', end)).status).toBe(404);
    expect((await post('architect', '/people/stand-ins', end)).status).toBe(302);
    expect((await get('architect', '/reviews')).status).toBe(403);
    expect(await text('head', '/people/stand-ins')).toContain('of the past');
  });
});

describe('the access review', () => {
  it('says by person what they may, and by what', async () => {
    await post('manager', '/people/stand-ins', naming('MANAGER', 'manager', 'sales'));
    const body = await text('manager', '/people/access');
    expect(body).toContain('Only one manager');
    expect(body).toContain('Manager for <bdi>Maya Manager</bdi>');
    expect(body).toContain('those of Cloud &amp; Infrastructure; those without a practice');
  });

  it('says by opportunity who may, and why', async () => {
    const body = await text('manager', `/people/access?number=${cloud.remoteNumber}`);
    expect(body).toContain('Cloud move');
    expect(body).toContain('Recommend GO or NO-GO');
    expect(body).toContain('Hugo Head');
    expect(await text('manager', '/people/access?number=none')).toContain('no opportunity none');
  });

  it('is marked as done on the record', async () => {
    expect(await text('manager', '/people/access')).toContain('Nobody has marked a review yet');
    expect((await post('manager', '/people/access', { intent: 'reviewed' })).status).toBe(302);
    expect(await text('manager', '/people/access')).toMatch(/Last reviewed by/);
    const event = await db.auditEvent.findFirstOrThrow({ where: { kind: 'access.reviewed' } });
    expect(event).toMatchObject({ actorName: 'Maya Manager', data: { people: 5 } });
    expect((await post('sales', '/people/access', { intent: 'reviewed' })).status).toBe(403);
  });

  it('is exported whole, formulas disarmed, on the record, for nobody else', async () => {
    const response = await get('manager', '/people/access/export');
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines.some((line) => line.includes(`'=cmd|calc`))).toBe(true);
    expect(lines.some((line) => /Maya Manager,\d{4}-\d\d-\d\d$/.test(line))).toBe(true);
    const newcomer = lines.filter((line) => line.includes('newcomer@example.test'));
    expect(newcomer).toHaveLength(1);
    const event = await db.auditEvent.findFirstOrThrow({ where: { kind: 'access.exported' } });
    expect(event.data).toEqual({ rows: lines.length - 1 });
    const foreign = await fetch(`${app.url}/people/access/export`, {
      headers: { Cookie: cookies.manager ?? '', 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
    expect((await get('head', '/people/access/export')).status).toBe(403);
    expect(await db.auditEvent.count({ where: { kind: 'access.exported' } })).toBe(1);
  });
});
