import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { holds } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { addressOf, ask, inPool, type Answer } from './matrix/ask.ts';
import { readLedger } from './matrix/ledger.ts';
import { plantSubjects, reads, type Subject } from './matrix/opportunities.ts';
import { gatherPeople, type Person } from './matrix/people.ts';
import { isApi, readRoutes, type Route } from './matrix/routes.ts';
import { verdictOf, type Kind, type Method } from './matrix/verdict.ts';
import { routeExpectations } from './route-expectations.ts';

/** What an address names that belongs to one opportunity, by its parameter; a route with one is scoped by rows. */
const named: Record<string, (subject: Subject) => string> = {
  ':number': ({ number }) => number,
  ':remoteId': ({ remoteId }) => remoteId,
  ':decision': ({ decisionId }) => decisionId,
  ':version': () => '1',
};
const scoped = readRoutes().filter(
  ({ id, path }) => /:(number|remoteId)/.test(path) || id === 'routes/files.$id',
);
/** The ways a row is asked for. The matrix of routes tries every other. */
const ways: [Kind, Method][] = [
  ['plain', 'GET'],
  ['plain', 'HEAD'],
  ['plain', 'POST'],
  ['data', 'GET'],
  ['data', 'POST'],
];
/** Of nobody and nothing: what is hidden has to look the same. */
const absent: Subject = {
  marker: 'absent',
  id: '0',
  number: 'N-300000000000001',
  remoteId: '300000000000001',
  decisionId: '999999999',
  fileId: randomUUID(),
  row: { practice: null, assignedSa: null, salesOwnerEmail: null },
};

// A route is hundreds of questions, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 300_000 });

let app: Application;
let people: Person[];
let subjects: Subject[];
let combinations = 0;

beforeAll(async () => {
  app = await startApplication();
  const everybody = await gatherPeople(app);
  // Forged ones are who they are, whatever they ask for.
  people = everybody.filter(
    ({ name, standing }) => standing.state === 'signed-in' && !/cookies|claims|passed/.test(name),
  );
  const architect = people.find(({ name }) => name === 'architect')?.standing;
  subjects = await plantSubjects(architect?.state === 'signed-in' ? architect.viewer.id : '');
}, 120_000);
afterAll(() => app.stop());

function pathTo({ path }: Route, subject: Subject): string {
  const filled = path.split('/').map((part) => {
    if (part === ':id') return subject.fileId;
    return named[part]?.(subject) ?? part;
  });
  return `/${filled.join('/')}`;
}

async function asked(route: Route, subject: Subject, kind: Kind, method: Method, person: Person) {
  const path = pathTo(route, subject);
  const sends = !['GET', 'HEAD', 'OPTIONS'].includes(method);
  const headers = {
    ...person.headers,
    ...(sends && { 'Content-Type': 'application/x-www-form-urlencoded' }),
  };
  const body = sends ? 'intent=decide' : undefined;
  return ask(app.url + addressOf(path, kind, route.id), method, headers, body);
}

/** An answer without what is new in every one, and without the name that was asked for. */
function plain({ status, body, headers }: Answer, subject: Subject): object {
  const words = [
    subject.number,
    subject.remoteId,
    subject.fileId,
    `memo/${subject.decisionId}`,
  ].reduce(
    (text, name) => text.replaceAll(name, 'NAME'),
    body
      .replace(/nonce="[^"]*"/g, '')
      .replaceAll(headers.get('X-Request-Id') ?? '-', 'REQUEST')
      .replace(/\[\\?"D\\?",\d+\]/g, 'NOW')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'NOW'),
  );
  const kept = ['content-type', 'cache-control', 'location', 'retry-after', 'content-disposition'];
  return { status, words, headers: kept.map((name) => headers.get(name)) };
}

describe('the routes that are scoped by rows', () => {
  it('are those below an opportunity, its files and the API of one', () => {
    expect(scoped.length).toBeGreaterThan(8);
    const unknown = scoped.flatMap(({ path }) =>
      path.split('/').filter((part) => part.startsWith(':') && part !== ':id' && !named[part]),
    );
    expect(unknown, 'Say in `named` what this parameter is filled with.').toEqual([]);
  });
});

describe.each(scoped.map((route) => [route.id, route] as const))('%s', (_id, route) => {
  const row = routeExpectations[route.id];
  if (!row) return;

  it('hides what is not one’s own as if it were not there', async () => {
    const cells = people.flatMap((person) =>
      ways.map(([kind, method]) => ({ person, kind, method })),
    );
    const wrong: string[] = [];
    await inPool(cells, async ({ person, kind, method }) => {
      const gone = plain(await asked(route, absent, kind, method, person), absent);
      const standing = isApi(row.path) ? person.onApi : person.standing;
      for (const subject of subjects) {
        const answer = await asked(route, subject, kind, method, person);
        combinations++;
        const told = `${method} ${kind} ${subject.marker}, ${person.name}: ${answer.status}`;
        if (!reads(standing, subject)) {
          const same = JSON.stringify(plain(answer, subject)) === JSON.stringify(gone);
          if (!same) wrong.push(`${told}, and not as what is absent`);
        } else if (method === 'GET' && verdictOf(row.get, standing) === 'allowed') {
          if ([404, 403, 500].includes(answer.status)) wrong.push(`${told}, though it is theirs`);
        }
      }
    });
    expect(wrong).toEqual([]);
  });
});

describe('a file of an opportunity', () => {
  it('that waits for its scan says so to its readers alone', async () => {
    for (const person of people) {
      for (const subject of subjects) {
        const { status } = await ask(`${app.url}/files/${subject.fileId}`, 'GET', person.headers);
        const { standing } = person;
        const sees = reads(standing, subject);
        const roleless = standing.state === 'signed-in' && standing.viewer.roles.length === 0;
        expect([person.name, subject.marker, status]).toEqual([
          ...[person.name, subject.marker],
          roleless ? 302 : sees ? 409 : 404,
        ]);
      }
    }
  });
});

describe('the lists', () => {
  it.each(['/', '/opportunities', '/opportunities.data', '/api/opportunities?limit=500'])(
    'at %s hold what may be read, and nothing else',
    async (path) => {
      const wrong: string[] = [];
      for (const person of people) {
        const { body, status } = await ask(app.url + path, 'GET', person.headers);
        const { standing } = person;
        if (standing.state !== 'signed-in' || !holds(standing.viewer, 'read:opportunity')) continue;
        for (const subject of subjects) {
          const [shown, due] = [body.includes(subject.marker), reads(standing, subject)];
          // The start shows what waits for a person, which need not be all they may read.
          if (shown === due || (path === '/' && !shown)) continue;
          wrong.push(`${person.name}, ${subject.marker}: ${status}, ${shown ? 'shown' : 'hidden'}`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('trying to act on what is hidden', () => {
  it('is put on the record, and changes nothing', async () => {
    const before = await readLedger();
    const person = people.find(({ name }) => name === 'head elsewhere');
    const subject = subjects.find(({ row }) => row.practice === 'North');
    const route = scoped.find(({ id }) => id === 'routes/opportunities.$number');
    if (!person || !subject || !route) throw new Error('There is nobody or nothing to try with.');
    const where = { kind: 'opportunity.refused', subjectId: subject.id };
    const noted = await db.auditEvent.count({ where });
    expect((await asked(route, subject, 'plain', 'POST', person)).status).toBe(404);
    expect(await db.auditEvent.count({ where })).toBe(noted + 1);
    expect(await readLedger()).toEqual(before);
  });

  it('asserts every combination', () => {
    console.log(`${combinations} combinations over ${scoped.length} routes scoped by rows`);
    expect(combinations).toBeGreaterThan(0);
  });
});
