import { badRequest, Fault, notFound } from '../errors.ts';
import { isUuid } from '../flows/flow.ts';
import { empty, json, type Exchange, type Reply } from '../http.ts';
import { presentSession, type SessionParts } from '../present.ts';
import { after } from '../service.ts';
import { isAlive } from '../sessions.ts';
import type { Session } from '../types.ts';
import { pageOf } from './paging.ts';

function requireUuid({ params }: Exchange): string {
  const id = params['id'];
  if (!isUuid(id)) throw new Fault(400, `${id} is not a UUID`);
  return id;
}

function named(exchange: Exchange): Session {
  const session = exchange.service.store.sessions.get(requireUuid(exchange));
  if (!session) throw notFound();
  return session;
}

function partsOf({ url }: Exchange): SessionParts {
  const wanted = url.searchParams.getAll('expand').map((one) => one.toLowerCase());
  const unknown = wanted.find((one) => one !== 'identity' && one !== 'devices');
  if (unknown !== undefined) throw badRequest(`Could not parse expand option: ${unknown}`);
  return { identity: wanted.includes('identity'), devices: wanted.includes('devices') };
}

const sessionsOf = ({ service }: Exchange, identityId: string) =>
  [...service.store.sessions.values()].filter((session) => session.identity_id === identityId);

/** GET /admin/identities/{id}/sessions; empty for an identity nobody knows. */
export function listIdentitySessions(exchange: Exchange): Reply {
  const { service } = exchange;
  const active = exchange.query('active');
  const found = sessionsOf(exchange, requireUuid(exchange)).filter(
    (session) => active === undefined || String(isAlive(service, session)) === active,
  );
  const { rows, link } = pageOf(exchange, found, (session) => session.id);
  const presented = rows.map((session) => presentSession(service, session));
  return json(200, presented, { 'X-Total-Count': String(found.length), Link: link });
}

/** DELETE /admin/identities/{id}/sessions: the rows go; 404 where there are none. */
export function deleteIdentitySessions(exchange: Exchange): Reply {
  const found = sessionsOf(exchange, requireUuid(exchange));
  if (found.length === 0) throw notFound();
  for (const session of found) exchange.service.store.sessions.delete(session.id);
  exchange.service.store.changed();
  return empty();
}

/** GET /admin/sessions */
export function listSessions(exchange: Exchange): Reply {
  const { service } = exchange;
  const parts = partsOf(exchange);
  const active = exchange.query('active');
  const found = [...service.store.sessions.values()].filter(
    (session) => active === undefined || String(isAlive(service, session)) === active,
  );
  const { rows, link } = pageOf(exchange, found, (session) => session.id);
  const presented = rows.map((session) => presentSession(service, session, parts));
  return json(200, presented, { Link: link });
}

export const getSession = (exchange: Exchange): Reply => {
  const parts = partsOf(exchange);
  return json(200, presentSession(exchange.service, named(exchange), parts));
};

/** DELETE /admin/sessions/{id}: no longer active, but still to be seen. */
export function revokeSession(exchange: Exchange): Reply {
  named(exchange).active = false;
  exchange.service.store.changed();
  return empty();
}

/** PATCH /admin/sessions/{id}/extend: its time starts afresh. */
export function extendSession(exchange: Exchange): Reply {
  const { service } = exchange;
  const session = named(exchange);
  session.expires_at = after(service, service.seconds.session);
  service.store.changed();
  return json(200, presentSession(service, session));
}
