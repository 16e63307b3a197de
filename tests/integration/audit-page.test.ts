import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { startApplication, type Application } from '../setup/application.ts';

const many = 2300;
let app: Application;
let cookie: string;

beforeAll(async () => {
  app = await startApplication();
  cookie = (await app.signIn('manager@example.test')).cookie;
  await db.auditEvent.createMany({
    data: Array.from({ length: many }, (_, index) => ({
      kind: 'practice.created',
      actorName: '=cmd|calc',
      data: {},
      subjectType: 'practice',
      subjectId: String(index),
      subjectName: `Practice "${index}", with a comma`,
      at: new Date(Date.UTC(2026, 0, 1 + (index % 10), 23, 59)),
    })),
  });
  await recordEvent(db, {
    kind: 'holiday.added',
    actor: { id: null, name: '@import' },
    subject: { type: 'holiday', id: '2027-01-01', name: '-1+1' },
    data: { day: '2027-01-01' },
  });
});
afterAll(() => app.stop());

const get = (path: string) => fetch(app.url + path, { headers: { Cookie: cookie } });

/** The records of a CSV file, split where RFC 4180 splits them. */
function records(csv: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  for (const [, quoted, bare = '', end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
  )) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push(row.splice(0));
  }
  return rows.filter((each) => each.length > 1);
}

describe('the export of the audit', () => {
  it('holds all that the filter finds, not the page alone, and goes on the record itself', async () => {
    const response = await get('/audit/export?subject=practice');
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="bqs-audit-/,
    );
    const [head, ...rows] = records((await response.text()).replace('\uFEFF', ''));
    expect(rows).toHaveLength(many);
    expect(new Set(rows.map(([id]) => id)).size).toBe(many);
    expect(head?.slice(0, 4)).toEqual(['id', 'at', 'kind', 'what']);
    expect(rows[0]?.[8]).toBe(`Practice "${many - 1}", with a comma`);
    const event = await db.auditEvent.findFirstOrThrow({ where: { kind: 'audit.exported' } });
    expect(event).toMatchObject({
      actorName: 'Maya Manager',
      data: { rows: many, filter: 'subject: practice' },
    });
  });

  it('puts what a spreadsheet would run behind an apostrophe', async () => {
    const text = await (await get('/audit/export?subject=holiday')).text();
    expect(text).toContain(`'@import`);
    expect(text).toContain(`'-1+1`);
    const practices = await (await get('/audit/export?until=2026-01-01')).text();
    expect(practices).toContain(`'=cmd|calc`);
  });

  it('takes both days in, and refuses a filter it does not know', async () => {
    const within = await (await get('/audit/export?since=2026-01-02&until=2026-01-03')).text();
    expect(records(within)).toHaveLength(1 + 2 * (many / 10));
    for (const query of ['since=2026-02-31', 'kind=x', 'since=2026-02-02&until=2026-02-01']) {
      expect((await get(`/audit/export?${query}`)).status).toBe(400);
      expect((await get(`/audit?${query}`)).status).toBe(400);
    }
  });

  it('is for nobody but managers', async () => {
    const { cookie: other } = await app.signIn('head@example.test');
    const response = await fetch(`${app.url}/audit/export`, { headers: { Cookie: other } });
    expect(response.status).toBe(403);
  });
});

describe('the audit page', () => {
  it('filters by subject, days and a part of a name, and pages on within the filter', async () => {
    const page = await (await get('/audit?subject=practice:7&name=practice+%227')).text();
    expect(page).toContain('Practice &quot;7&quot;, with a comma');
    expect(page).not.toContain('Practice &quot;8&quot;');
    const first = await (await get('/audit?subject=practice&until=2026-01-01')).text();
    expect(first).toMatch(/\/audit\?subject=practice&amp;until=2026-01-01&amp;before=\d+/);
    expect(first).toContain('/audit/export?subject=practice&amp;until=2026-01-01');
    expect(await (await get('/audit?name=no+such+name')).text()).toContain('Nothing matches');
  });
});
