import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import { askCell, inPool, lookOf } from './matrix/ask.ts';
import { readLedger } from './matrix/ledger.ts';
import { plantSubjects, reads, type Subject } from './matrix/opportunities.ts';
import { gatherPeople, type Person } from './matrix/people.ts';
import { isApi, readRoutes } from './matrix/routes.ts';
import { expected, kindsOf, methodsOf, type Cell } from './matrix/verdict.ts';
import { routeExpectations } from './route-expectations.ts';

const routes = readRoutes();
// A route is hundreds of questions, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 300_000 });

let app: Application;
let people: Person[];
let subjects: Subject[];
let before: Record<string, string>;
let combinations = 0;

beforeAll(async () => {
  app = await startApplication();
  people = await gatherPeople(app);
  const architect = people.find(({ name }) => name === 'architect')?.standing;
  subjects = await plantSubjects(architect?.state === 'signed-in' ? architect.viewer.id : '');
  before = await readLedger();
}, 120_000);
afterAll(() => app.stop());

describe('the table of routes', () => {
  it('has a row for every route', () => {
    const without = routes.map(({ id }) => id).filter((id) => !(id in routeExpectations));
    const help = 'Say who may use it: add a row to tests/integration/route-expectations.ts.';
    expect(without, help).toEqual([]);
  });

  it('has no row for a route that is gone', () => {
    const ids = routes.map(({ id }) => id);
    expect(Object.keys(routeExpectations).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('says of every route that can be posted to who may, and of no other', () => {
    const wrong = routes.filter(
      ({ id, acts }) => acts && routeExpectations[id]?.post === 'none' && !answers405(id),
    );
    const idle = routes.filter(
      ({ id, acts }) => !acts && (routeExpectations[id]?.post ?? 'none') !== 'none',
    );
    expect([...wrong, ...idle].map(({ id }) => id)).toEqual([]);
  });
});

/** Health has an action that does nothing but refuse. */
function answers405(id: string): boolean {
  return /^routes\/(healthz|readyz)/.test(id);
}

describe.each(
  routes.filter(({ id }) => id in routeExpectations).map((route) => [route.id, route] as const),
)('%s', (_id, route) => {
  const row = routeExpectations[route.id];
  if (!row) return;
  const cells = () =>
    kindsOf(route).flatMap((kind) =>
      methodsOf(kind).flatMap((method) =>
        people.map((person): Cell => ({ route, row, kind, method, person })),
      ),
    );

  it('answers everybody, however they ask, as the table of permissions says', async () => {
    const wrong: string[] = [];
    await inPool(cells(), async (cell) => {
      const { looks } = expected(cell);
      const answer = await askCell(app.url, cell);
      const seen = lookOf(answer, looks);
      const shown = leaks(cell, answer.body);
      combinations++;
      if (looks.includes(seen) && shown.length === 0) return;
      const { kind, method, person } = cell;
      const due = looks.join(' or ');
      wrong.push(`${method} ${kind}, ${person.name}: ${seen}, not ${due}; shown: ${shown.join()}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** Opportunities that an answer tells of to somebody who may not read them. */
function leaks({ row, person }: Cell, body: string): string[] {
  const standing = isApi(row.path) ? person.onApi : person.standing;
  return subjects
    .filter((subject) => body.includes(subject.marker) && !reads(standing, subject))
    .map(({ marker }) => marker);
}

describe('the whole matrix', () => {
  it('has changed nothing', async () => {
    expect(await readLedger()).toEqual(before);
  });

  it('asserts every combination', () => {
    const cells = routes.flatMap((route) =>
      kindsOf(route).flatMap((kind) => methodsOf(kind).map(() => people.length)),
    );
    const all = cells.reduce((sum, count) => sum + count, 0);
    console.log(
      `${combinations} combinations over ${routes.length} routes, ${people.length} people`,
    );
    expect(combinations).toBe(all);
  });
});
