import {
  getByExternalId,
  getIdentity,
  listIdentities,
  patchIdentity,
  postIdentity,
  putIdentity,
  removeIdentity,
} from './admin/identities.ts';
import { adminPath } from './admin/paths.ts';
import { createRecoveryCode, listMails } from './admin/recovery.ts';
import * as adminSessions from './admin/sessions.ts';
import { noSuchThing } from './errors.ts';
import { fetchFlow } from './flows/flow.ts';
import { initLogin, submitLogin } from './flows/login.ts';
import { initLogout, submitLogout } from './flows/logout.ts';
import { initRecovery, submitRecovery } from './flows/recovery.ts';
import { initRegistration, submitRegistration } from './flows/registration.ts';
import { fetchSettings, initSettings, submitSettings } from './flows/settings.ts';
import { initVerification, openVerification, submitVerification } from './flows/verification.ts';
import { redirect, type Exchange, type Reply } from './http.ts';
import { getError, getSchema, health, listSchemas, version } from './public/about.ts';
import * as mySessions from './public/sessions.ts';
import { publicUrl } from './service.ts';
import type { FlowKind } from './types.ts';

type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

export interface Route {
  /** `*` for any method; GET admits HEAD. */
  method: string;
  /** Exact path; `:name` matches one segment, a final `*` the rest. */
  path: string;
  handle: Handler;
  /** Whether a browser without a CSRF cookie is given one. */
  csrf?: boolean;
  /** Whether a browser is shown errors on the error page rather than as JSON. */
  page?: boolean;
}

const flowRoutes = (kind: FlowKind, init: Handler, submit: Handler): Route[] => [
  { method: 'GET', path: `/self-service/${kind}/browser`, handle: init, csrf: true, page: true },
  {
    method: 'GET',
    path: `/self-service/${kind}/flows`,
    handle: kind === 'settings' ? fetchSettings : (exchange) => fetchFlow(exchange, kind),
    csrf: true,
  },
  { method: 'POST', path: `/self-service/${kind}`, handle: submit, page: true },
];

/** The admin API is not here; who asks for it is told where it is, as Kratos does. */
const toAdmin: Handler = ({ service, url }) =>
  redirect(`${service.adminUrl}${adminPath(url.pathname)}${url.search}`, 307);

const toPublic: Handler = ({ service, url }) =>
  redirect(`${publicUrl(service, url.pathname.slice(1))}${url.search}`, 307);

export const publicRoutes: Route[] = [
  ...flowRoutes('login', initLogin, submitLogin),
  { method: 'GET', path: '/self-service/login/api', handle: initLogin },
  ...flowRoutes('registration', initRegistration, submitRegistration),
  ...flowRoutes('settings', initSettings, submitSettings),
  { method: 'GET', path: '/self-service/settings', handle: submitSettings, page: true },
  ...flowRoutes('recovery', initRecovery, submitRecovery),
  ...flowRoutes('verification', initVerification, submitVerification),
  { method: 'GET', path: '/self-service/verification', handle: openVerification, page: true },
  {
    method: 'GET',
    path: '/self-service/logout/browser',
    handle: initLogout,
    csrf: true,
    page: true,
  },
  { method: 'GET', path: '/self-service/logout', handle: submitLogout, csrf: true, page: true },
  { method: 'GET', path: '/self-service/errors', handle: getError, csrf: true },
  { method: '*', path: '/sessions/whoami', handle: mySessions.whoami },
  { method: 'GET', path: '/sessions', handle: mySessions.listMySessions },
  { method: 'DELETE', path: '/sessions', handle: mySessions.revokeMyOtherSessions },
  { method: 'DELETE', path: '/sessions/:id', handle: mySessions.revokeMySession },
  { method: 'GET', path: '/schemas', handle: listSchemas, csrf: true },
  { method: 'GET', path: '/schemas/:id', handle: getSchema },
  { method: 'GET', path: '/health/alive', handle: health },
  { method: 'GET', path: '/health/ready', handle: health },
  { method: '*', path: '/admin/*', handle: toAdmin },
  { method: '*', path: '/identities', handle: toAdmin },
  { method: '*', path: '/identities/*', handle: toAdmin },
  { method: '*', path: '/recovery/*', handle: toAdmin },
];

export const adminRoutes: Route[] = [
  { method: 'GET', path: '/admin/identities', handle: listIdentities },
  { method: 'POST', path: '/admin/identities', handle: postIdentity },
  { method: 'GET', path: '/admin/identities/by/external/:externalId', handle: getByExternalId },
  { method: 'GET', path: '/admin/identities/:id', handle: getIdentity },
  { method: 'PUT', path: '/admin/identities/:id', handle: putIdentity },
  { method: 'PATCH', path: '/admin/identities/:id', handle: patchIdentity },
  { method: 'DELETE', path: '/admin/identities/:id', handle: removeIdentity },
  {
    method: 'GET',
    path: '/admin/identities/:id/sessions',
    handle: adminSessions.listIdentitySessions,
  },
  {
    method: 'DELETE',
    path: '/admin/identities/:id/sessions',
    handle: adminSessions.deleteIdentitySessions,
  },
  { method: 'GET', path: '/admin/sessions', handle: adminSessions.listSessions },
  { method: 'GET', path: '/admin/sessions/:id', handle: adminSessions.getSession },
  { method: 'DELETE', path: '/admin/sessions/:id', handle: adminSessions.revokeSession },
  { method: 'PATCH', path: '/admin/sessions/:id/extend', handle: adminSessions.extendSession },
  { method: 'POST', path: '/admin/recovery/code', handle: createRecoveryCode },
  { method: 'POST', path: '/admin/recovery/link', handle: refuseLink },
  { method: 'GET', path: '/admin/courier/messages', handle: listMails },
  ...['/admin/health', '/health'].flatMap((path) => [
    { method: 'GET', path: `${path}/alive`, handle: health },
    { method: 'GET', path: `${path}/ready`, handle: health },
  ]),
  { method: 'GET', path: '/version', handle: version },
  { method: 'GET', path: '/admin/version', handle: version },
  { method: 'GET', path: '/schemas', handle: listSchemas },
  { method: 'GET', path: '/schemas/:id', handle: getSchema },
  { method: '*', path: '/self-service/*', handle: toPublic },
];

/** Recovery links are switched off here as in kratos.yml. */
function refuseLink(): Reply {
  throw noSuchThing('The method link is switched off.');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const open = wanted.at(-1) === '*';
  if (open ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part === '*') continue;
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decoded(value);
    else if (part !== value) return undefined;
  }
  return params;
}

export interface Matched {
  route: Route;
  params: Record<string, string>;
}

/** The route of a request; `methods` are those the path admits, for a 405 where none fits. */
export function findRoute(routes: Route[], method: string, path: string) {
  const matches = routes.flatMap((route): Matched[] => {
    const params = match(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const asked = method === 'HEAD' ? 'GET' : method;
  const found = matches.find(({ route }) => route.method === asked || route.method === '*');
  return { found, methods: matches.map(({ route }) => route.method) };
}
