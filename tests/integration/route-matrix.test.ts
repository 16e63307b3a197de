import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolesWith } from '#app/domain/permissions.ts';
import type { Role } from '#app/domain/roles.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { routeExpectations, type Access, type Expectation } from './route-expectations.ts';

/** Everybody there is: the role each holds, null for none; undefined is nobody signed in. */
const people: Record<string, Role | null | undefined> = {
  'nobody signed in': undefined,
  newcomer: null,
  manager: 'MANAGER',
  head: 'PRACTICE_HEAD',
  architect: 'SOLUTION_ARCHITECT',
  sales: 'SALES',
};
const cookies: Record<string, string> = {};
let app: Application;

beforeAll(async () => {
  app = await startApplication();
  for (const [person, role] of Object.entries(people)) {
    if (role !== undefined) cookies[person] = (await app.signIn(`${person}@example.test`)).cookie;
  }
});
afterAll(() => app.stop());

interface Route {
  id: string;
  path?: string;
  children?: Route[];
}
const manifest = JSON.parse(
  execFileSync('node_modules/.bin/remix', ['routes', '--json'], { encoding: 'utf8' }),
) as Route[];
const routes = manifest.flatMap(leaves);

function leaves(route: Route): Route[] {
  return route.children ? route.children.flatMap(leaves) : [route];
}

type Verdict = 'allowed' | 'sign-in' | 'no-role' | 'forbidden' | 'no-method';

function expected(access: Access, role: Role | null | undefined): Verdict {
  if (access === 'none') return 'no-method';
  if (access === 'open') return 'allowed';
  if (role === undefined) return 'sign-in';
  if (access === 'signed-in') return 'allowed';
  if (role === null) return 'no-role';
  return access === 'any-role' || rolesWith(access).includes(role) ? 'allowed' : 'forbidden';
}

/** What a program reads answers in problem JSON and leads nowhere. */
function isApi(path: string): boolean {
  return path.startsWith('/api/') || path === '/docs/openapi.json';
}

async function ask(path: string, method: 'GET' | 'POST', person: string): Promise<Response> {
  const api = isApi(path);
  const response = await fetch(app.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookies[person] && { Cookie: cookies[person] }),
      ...(method === 'POST' && {
        'Content-Type': api ? 'application/json' : 'application/x-www-form-urlencoded',
      }),
    },
    body: method === 'POST' ? (api ? '{}' : 'intent=nothing') : undefined,
  });
  // A stream of events would go on for half a minute.
  await response.body?.cancel();
  return response;
}

/** How each refusal looks: pages send people where they can help themselves, the API says so. */
function looks(verdict: Verdict, row: Expectation, method: 'GET' | 'POST'): string[] {
  const api = isApi(row.path);
  switch (verdict) {
    case 'allowed':
      return ((method === 'GET' ? row.getOk : row.postOk) ?? [200]).map(String);
    case 'sign-in':
      if (api || method === 'POST') return ['401'];
      return [`302 /login?${new URLSearchParams({ return_to: row.path })}`];
    case 'no-role':
      return api ? ['403'] : ['302 /welcome'];
    case 'forbidden':
      return ['403'];
    case 'no-method':
      return ['405'];
  }
}

/** The status, and where a refusal leads to. */
function look(response: Response, verdict: Verdict): string {
  const location = response.headers.get('Location');
  return location && verdict !== 'allowed'
    ? `${response.status} ${location}`
    : `${response.status}`;
}

describe('the table of routes', () => {
  it('has a row for every route, and none for a route that is gone', () => {
    expect(Object.keys(routeExpectations).sort()).toEqual(routes.map(({ id }) => id).sort());
  });
});

describe.each(Object.entries(routeExpectations))('%s', (_id, row) => {
  it.each(Object.entries(people))(
    'answers %s as the table of permissions says',
    async (person, role) => {
      for (const method of ['GET', 'POST'] as const) {
        const verdict = expected(method === 'GET' ? row.get : row.post, role);
        const response = await ask(row.path, method, person);
        const seen = look(response, verdict);
        expect([method, seen]).toEqual([method, expect.toBeOneOf(looks(verdict, row, method))]);
      }
    },
  );
});

const guardedPages = Object.values(routeExpectations).filter(
  ({ path, get }) => get !== 'open' && !isApi(path),
);

describe('the data behind a page', () => {
  it.each(guardedPages)('of $path goes to nobody who may not see the page', async (row) => {
    for (const [person, role] of Object.entries(people)) {
      const verdict = expected(row.get, role);
      if (verdict === 'allowed') continue;
      const path = row.path === '/' ? '/_root.data' : `${row.path}.data`;
      const { status } = await ask(path, 'GET', person);
      expect([person, status]).toEqual([person, verdict === 'forbidden' ? 403 : 202]);
    }
  });
});
