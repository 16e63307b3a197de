import { holds } from '#app/domain/permissions.ts';
import type { Access, Expectation } from '../route-expectations.ts';
import type { Person, Standing } from './people.ts';
import { isApi, type Route } from './routes.ts';

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof methods)[number];

/**
 * How a route is asked: as a page or file; as the data behind a page, all of it or one route's part; or as
 * a stream of events.
 */
export type Kind = 'plain' | 'data' | 'part' | 'stream';

export interface Cell {
  route: Route;
  row: Expectation;
  method: Method;
  kind: Kind;
  person: Person;
}

export type Verdict =
  'allowed' | 'sign-in' | 'second-factor' | 'no-role' | 'forbidden' | 'no-method';

/** The ways a route can be asked in. */
export function kindsOf({ page, streams }: Route): Kind[] {
  if (streams) return ['plain', 'stream'];
  return page ? ['plain', 'data', 'part'] : ['plain', 'data'];
}

/** The methods each way is tried with: the part of a page is its loader's alone. */
export function methodsOf(kind: Kind): readonly Method[] {
  if (kind === 'plain') return methods;
  return kind === 'data' ? ['GET', 'POST'] : ['GET'];
}

/** Who may what: the row says what a route asks for, the table of permissions who holds it. */
export function verdictOf(access: Access, standing: Standing): Verdict {
  if (access === 'none') return 'no-method';
  if (access === 'open') return 'allowed';
  if (standing.state === 'anonymous') return 'sign-in';
  if (standing.state === 'second-factor') return 'second-factor';
  if (access === 'signed-in') return 'allowed';
  const { viewer } = standing;
  if (viewer.roles.length === 0) return 'no-role';
  return access === 'any-role' || holds(viewer, access) ? 'allowed' : 'forbidden';
}

const isRead = (method: Method) => method === 'GET' || method === 'HEAD';

/** The answers a cell may get: `status`, or `status location` where it leads somewhere. */
export function expected(cell: Cell): { verdict: Verdict; looks: string[] } {
  const { row, person } = cell;
  const standing = isApi(row.path) ? person.onApi : person.standing;
  const verdict = verdictOf(accessOf(cell), standing);
  return { verdict, looks: looksOf(verdict, cell) };
}

function accessOf({ row, route, method, kind }: Cell): Access {
  if (isRead(method)) return row.get;
  // Remix lets nobody ask a page for its options; what is no page takes it for a look.
  if (method === 'OPTIONS') return route.page || kind === 'data' ? 'none' : row.get;
  return row.post;
}

function looksOf(verdict: Verdict, cell: Cell): string[] {
  const { row, method, kind } = cell;
  switch (verdict) {
    case 'allowed':
      return allowed(cell);
    case 'no-method':
      return ['405'];
    case 'forbidden':
      return ['403'];
    default:
      if (isApi(row.path)) return [verdict === 'sign-in' ? '401' : '403'];
      // What was typed comes back, to be sent again.
      if (verdict !== 'no-role' && !isRead(method)) return ['401'];
      if (kind === 'stream') return [verdict === 'sign-in' ? '401' : '403'];
      return [`${kind === 'plain' ? '302' : '202'} ${leadsTo(verdict, row.path)}`];
  }
}

/** What somebody who may is answered; a method the route does not tell apart is 405 or alike. */
function allowed({ row, method, kind }: Cell): string[] {
  const reads = isRead(method) || method === 'OPTIONS';
  const statuses = (reads ? row.getOk : row.postOk) ?? [200];
  const seen = kind === 'plain' || kind === 'stream' ? statuses : statuses.map(asData);
  return [...seen, ...(method === 'GET' || method === 'POST' ? [] : [405])].map(String);
}

/** Data cannot lead a browser anywhere: it carries the redirect for a script to follow. */
const asData = (status: number) => (status === 302 ? 202 : status);

/** Where a refusal leads, as a piece of the address. */
export function leadsTo(verdict: Verdict, path: string): string {
  if (verdict === 'no-role') return '/welcome';
  if (verdict === 'second-factor') return '/.ory/self-service/login/browser?aal=aal2';
  return `/login?${new URLSearchParams({ return_to: path })}`;
}
