import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import { intents as transitionIntents } from '#app/domain/transitions.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { addressOf, ask, inPool, lookOf, type Answer } from './matrix/ask.ts';
import { fullForm, intentsOf, permissionsFor } from './matrix/forms.ts';
import { readLedger } from './matrix/ledger.ts';
import { plantSubjects, reads, type Subject } from './matrix/opportunities.ts';
import { gatherPeople, type Person } from './matrix/people.ts';
import { isApi, readRoutes, type Route } from './matrix/routes.ts';
import { expected, verdictOf, type Cell, type Kind, type Method } from './matrix/verdict.ts';
import { routeExpectations } from './route-expectations.ts';

const routes = readRoutes().filter(({ id }) => (routeExpectations[id]?.post ?? 'none') !== 'none');
const guarded = routes.filter(({ id }) => routeExpectations[id]?.post !== 'open');

// A route is hundreds of questions, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 300_000 });

let app: Application;
let people: Person[];
let subjects: Subject[];
let combinations = 0;

beforeAll(async () => {
  app = await startApplication();
  people = await gatherPeople(app);
  const architect = named('architect').standing;
  subjects = await plantSubjects(architect.state === 'signed-in' ? architect.viewer.id : '');
}, 120_000);
afterAll(() => app.stop());

function named(name: string): Person {
  const found = people.find((person) => person.name === name);
  if (!found) throw new Error(`There is nobody called ${name}.`);
  return found;
}

const userId = () => {
  const { standing } = named('no role');
  return standing.state === 'signed-in' ? standing.viewer.id : '';
};
const rowOf = ({ id }: Route) => {
  const row = routeExpectations[id];
  if (!row) throw new Error(`There is no row for ${id}.`);
  return row;
};

async function send(
  path: string,
  headers: Record<string, string>,
  body: URLSearchParams | string,
  [method, kind, id]: [Method, Kind, string],
): Promise<Answer> {
  const json = isApi(path);
  const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
  const sent = json ? JSON.stringify({ mode: 'full', role: 'MANAGER', grant: true }) : String(body);
  const address = app.url + addressOf(path, kind, id);
  return ask(address, method, { ...headers, 'Content-Type': type }, sent);
}

describe('the intents of the forms', () => {
  it('are found in what the routes read', () => {
    const of = (id: string) => intentsOf(routes.find((route) => route.id === id) as Route);
    const opportunity = [...transitionIntents.filter((one) => one !== 'save' && one !== 'submit')];
    expect(of('routes/opportunities.$number')).toEqual(expect.arrayContaining(opportunity));
    expect(of('routes/people')).toEqual(expect.arrayContaining(['grant-role', 'remove-practice']));
    expect(of('routes/sync._index')).toEqual(expect.arrayContaining(['run-full', 'cancel']));
  });
});

describe.each(guarded.map((route) => [route.id, route] as const))(
  'the forms of %s',
  (_id, route) => {
    it('do nothing for whoever the route refuses, whatever they ask for', async () => {
      const row = rowOf(route);
      const before = await readLedger();
      const asked = ['', ...intentsOf(route)];
      const kinds: Kind[] = isApi(row.path) ? ['plain'] : ['plain', 'data'];
      const cells = people
        .filter((person) => {
          const standing = isApi(row.path) ? person.onApi : person.standing;
          return verdictOf(row.post, standing) !== 'allowed';
        })
        .flatMap((person) =>
          asked.flatMap((intent, index) =>
            // The second way in is the same door: the first intent shows that it is locked too.
            kinds.slice(0, index === 1 ? 2 : 1).map((kind) => ({ person, intent, kind })),
          ),
        );
      const wrong: string[] = [];
      await inPool(cells, async ({ person, intent, kind }) => {
        const cell: Cell = { route, row, kind, method: 'POST', person };
        const { looks } = expected(cell);
        const form = fullForm(intent, { subject: first(), userId: userId() });
        const answer = await send(row.path, person.headers, form, ['POST', kind, route.id]);
        combinations++;
        const seen = lookOf(answer, looks);
        if (!looks.includes(seen))
          wrong.push(`${person.name}, ${intent}: ${seen}, not ${looks.join()}`);
      });
      expect(wrong).toEqual([]);
      expect(await readLedger()).toEqual(before);
    });
  },
);

function first(): Subject {
  const [subject] = subjects;
  if (!subject) throw new Error('There is no opportunity.');
  return subject;
}

describe('the buttons of an opportunity', () => {
  it('do nothing for its readers without the permission', async () => {
    const before = await readLedger();
    const wrong: string[] = [];
    const cells = people.flatMap((person) => {
      const { standing } = person;
      if (standing.state !== 'signed-in') return [];
      return subjects
        .filter((subject) => reads(standing, subject))
        .flatMap((subject) =>
          transitionIntents
            .filter((intent) =>
              permissionsFor(intent).every(
                (permission) => !inScope(scopeOf(standing.viewer, permission), subject.row),
              ),
            )
            .map((intent) => ({ person, subject, intent })),
        );
    });
    await inPool(cells, async ({ person, subject, intent }) => {
      const sheet = intent === 'save' || intent === 'submit';
      const page = opportunityPath({ remoteNumber: subject.number, remoteId: subject.remoteId });
      const form = fullForm(intent, { subject, userId: userId() });
      const path = sheet ? `${page}/assess` : page;
      const { status } = await send(path, person.headers, form, ['POST', 'plain', '']);
      combinations++;
      // A sheet is named by its draft, and of that there is none.
      if ([403, 404, ...(sheet ? [400] : [])].includes(status)) return;
      wrong.push(`${person.name}, ${intent}, ${subject.marker}: ${status}`);
    });
    expect(wrong).toEqual([]);
    expect(await readLedger()).toEqual(before);
  });

  it('remove no file for whoever did not add it', async () => {
    const before = await readLedger();
    for (const name of ['head', 'architect']) {
      const subject = subjects.find((one) => reads(named(name).standing, one)) ?? first();
      const page = opportunityPath({ remoteNumber: subject.number, remoteId: subject.remoteId });
      const form = fullForm('remove', { subject, userId: userId() });
      const answer = await send(`${page}/files`, named(name).headers, form, ['POST', 'plain', '']);
      expect([name, answer.status]).toEqual([name, 403]);
    }
    expect(await readLedger()).toEqual(before);
  });
});

/** What a browser says of a page that is not ours. */
const foreign: Record<string, Record<string, string>> = {
  'another origin': { Origin: 'https://evil.example.test' },
  'no origin to speak of': { Origin: 'null' },
  'another site': { 'Sec-Fetch-Site': 'cross-site' },
  'a sibling site': { 'Sec-Fetch-Site': 'same-site' },
  'another origin that claims to be ours': {
    Origin: 'https://evil.example.test',
    'Sec-Fetch-Site': 'same-origin',
  },
};

describe('a page of another site', () => {
  it.each(routes.filter(({ id }) => id !== 'routes/[.]ory.$'))(
    'changes nothing at $id',
    async (route) => {
      const row = rowOf(route);
      const before = await readLedger();
      const wrong: string[] = [];
      const kinds: Kind[] = isApi(row.path) ? ['plain'] : ['plain', 'data'];
      const cells = Object.entries(foreign).flatMap(([name, headers]) =>
        kinds.flatMap((kind) =>
          (['POST', 'PUT', 'PATCH', 'DELETE'] as const).map((method) => ({
            name,
            headers,
            kind,
            method,
          })),
        ),
      );
      await inPool(cells, async ({ name, headers, kind, method }) => {
        const from = { ...named('manager').headers, ...headers };
        const intent = intentsOf(route)[0] ?? '';
        const form = fullForm(intent, { subject: first(), userId: userId() });
        const { status } = await send(row.path, from, form, [method, kind, route.id]);
        combinations++;
        if (status !== 403) wrong.push(`${method} ${kind} from ${name}: ${status}`);
      });
      expect(wrong).toEqual([]);
      expect(await readLedger()).toEqual(before);
    },
  );

  it('is nothing to a program with a token, which no browser sends by itself', async () => {
    const { headers } = named('a bearer token');
    const from = { ...headers, Origin: 'https://evil.example.test' };
    const url = `${app.url}/api/sync-database`;
    const json = { ...from, 'Content-Type': 'application/json' };
    expect((await ask(url, 'POST', json, '{}')).status).toBe(400);
  });

  it('is told from our own pages, and from programs that say nothing', async () => {
    const own = { Origin: app.url, 'Sec-Fetch-Site': 'same-origin' };
    for (const said of [own, {}]) {
      const headers = { ...named('manager').headers, ...said };
      const form = new URLSearchParams({ intent: 'nothing' });
      expect((await send('/people', headers, form, ['POST', 'plain', ''])).status).toBe(400);
    }
  });
});

describe('the forms together', () => {
  it('were asked in every combination', () => {
    console.log(
      `${combinations} combinations of forms, people and origins over ${routes.length} routes`,
    );
    expect(combinations).toBeGreaterThan(0);
  });
});
