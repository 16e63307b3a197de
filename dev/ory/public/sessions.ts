import { badRequest, Fault, noCredentials, unauthorized } from '../errors.ts';
import { empty, json, type Exchange, type Reply } from '../http.ts';
import { presentSession } from '../present.ts';
import { isUuid } from '../flows/flow.ts';
import {
  isAlive,
  refreshStaleCookie,
  requireHighest,
  revokeOthers,
  signedIn,
  type SignedIn,
} from '../sessions.ts';

/** /sessions/whoami, by any method. */
export function whoami(exchange: Exchange): Reply {
  const who = signedIn(exchange);
  if (!who) throw noCredentials();
  requireHighest(exchange, who);
  const template = exchange.query('tokenize_as');
  if (template) throw badRequest(`There is no token template ${template}.`);
  refreshStaleCookie(exchange, who.session);
  return json(200, presentSession(exchange.service, who.session), {
    'X-Kratos-Authenticated-Identity-Id': who.identity.id,
  });
}

function requireSession(exchange: Exchange): SignedIn {
  const who = signedIn(exchange);
  if (!who) throw unauthorized('No valid session cookie found.');
  return who;
}

/** GET /sessions: where else this person is signed in. */
export function listMySessions(exchange: Exchange): Reply {
  const { service } = exchange;
  const who = requireSession(exchange);
  requireHighest(exchange, who);
  const others = [...service.store.sessions.values()].filter(
    (session) =>
      session.identity_id === who.identity.id &&
      session !== who.session &&
      isAlive(service, session),
  );
  const link = '</sessions?page=0&page_size=250&page_token=0&per_page=250>; rel="first"';
  return json(
    200,
    others.reverse().map((session) => presentSession(service, session)),
    { 'X-Total-Count': String(others.length), Link: link },
  );
}

/** DELETE /sessions: signed out everywhere but here. */
export function revokeMyOtherSessions(exchange: Exchange): Reply {
  const who = requireSession(exchange);
  return json(200, { count: revokeOthers(exchange.service, who.identity.id, who.session) });
}

/** DELETE /sessions/{id}: another session of one's own; somebody else's is not touched. */
export function revokeMySession(exchange: Exchange): Reply {
  const { service, params } = exchange;
  const who = requireSession(exchange);
  if (!isUuid(params['id'])) throw new Fault(400, `${params['id']} is not a UUID`);
  if (params['id'] === who.session.id) throw new Fault(400, 'cannot revoke current session');
  const session = service.store.sessions.get(params['id']);
  if (session?.identity_id === who.identity.id) {
    session.active = false;
    service.store.changed();
  }
  return empty();
}
