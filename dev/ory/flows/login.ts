import { alreadySignedIn, badRequest, Fault } from '../errors.ts';
import { json, redirect, type Exchange, type Reply } from '../http.ts';
import { findByEmail } from '../identities.ts';
import { messages } from '../messages.ts';
import { fillNode, loginNodes, onlyCsrf, refreshNodes } from '../nodes.ts';
import { passwordFits } from '../passwords.ts';
import { presentSession } from '../present.ts';
import { allowedReturnTo } from '../return-to.ts';
import { identifierTitle } from '../schema.ts';
import { isPast } from '../service.ts';
import { setSessionCookie, signedIn, startSession, type SignedIn } from '../sessions.ts';
import type { Flow, Identity } from '../types.ts';
import {
  backToForm,
  beginFlow,
  begun,
  goOn,
  replaceExpired,
  requireCsrf,
  returnToOf,
  submittedFlow,
  type Problem,
} from './flow.ts';

function requestedLevel(exchange: Exchange): 'aal1' | 'aal2' {
  const level = exchange.query('aal') || 'aal1';
  if (level === 'aal1' || level === 'aal2') return level;
  throw badRequest(`There is no authenticator assurance level ${level}.`);
}

function beginLogin(exchange: Exchange, who: SignedIn | undefined, old?: Flow): Flow {
  const level = requestedLevel(exchange);
  const identifier = who?.identity.password?.identifiers[0] ?? '';
  const flow = beginFlow(exchange, 'login', {
    state: 'choose_method',
    type: old?.type ?? (exchange.url.pathname.endsWith('/api') ? 'api' : 'browser'),
    ...(old?.return_to !== undefined && { returnTo: old.return_to }),
    nodes: (token) => {
      if (who && level === 'aal2') return onlyCsrf(token);
      return who ? refreshNodes(token, identifier) : loginNodes(token, identifierTitle);
    },
  });
  flow.requested_aal = level;
  flow.refresh = who !== undefined && (old?.refresh ?? exchange.query('refresh') === 'true');
  if (flow.refresh) flow.ui.messages.push(messages.confirmItIsYou);
  if (who && level === 'aal2') flow.ui.messages.push(messages.secondFactorNeeded);
  return flow;
}

/** GET /self-service/login/browser and /api. */
export function initLogin(exchange: Exchange): Reply {
  const level = requestedLevel(exchange);
  const returnTo = allowedReturnTo(exchange.service, exchange.query('return_to'));
  const who = signedIn(exchange);
  if (!who && level === 'aal2') {
    throw new Fault(401, 'aal2 and aal3 can only be requested if a session exists already', {
      id: 'session_aal1_required',
      reason: 'A second factor can only follow a first one.',
    });
  }
  if (!who || level === 'aal2' || exchange.query('refresh') === 'true') {
    return begun(exchange, beginLogin(exchange, who));
  }
  if (exchange.wantsJson) throw alreadySignedIn('signing in');
  return redirect(returnTo ?? exchange.service.ui.home);
}

/** POST /self-service/login?flow= */
export async function submitLogin(exchange: Exchange): Promise<Reply> {
  const flow = submittedFlow(exchange, 'login');
  const who = signedIn(exchange);
  if (who && !flow.refresh && flow.requested_aal === 'aal1') {
    if (!exchange.wantsJson) return redirect(exchange.service.ui.home);
    const reason = alreadySignedIn('signing in').body.reason ?? '';
    return backToForm(exchange, flow, [{ message: messages.generic(reason) }]);
  }
  if (isPast(exchange.service, flow.expires_at)) {
    const fresh = beginLogin(exchange, flow.refresh ? who : undefined, flow);
    return replaceExpired(exchange, flow, fresh, messages.loginExpired);
  }
  const body = await exchange.body();
  if (body['method'] !== 'password') {
    return backToForm(exchange, flow, [{ message: messages.noLoginMethod }]);
  }
  requireCsrf(exchange, flow, body['csrf_token']);
  const tried = await tryPassword(exchange, flow, body);
  if (Array.isArray(tried)) return backToForm(exchange, flow, tried);
  return finishLogin(exchange, flow, tried, who);
}

/** Whose password it is, or what to say at the form: never which of the two was wrong. */
async function tryPassword(
  exchange: Exchange,
  flow: Flow,
  body: Record<string, unknown>,
): Promise<Identity | Problem[]> {
  const { identifier, password } = body;
  fillNode(flow.ui.nodes, 'identifier', identifier);
  const missing = Object.entries({ identifier, password }).filter(
    ([, value]) => typeof value !== 'string' || value === '',
  );
  if (missing.length > 0) {
    return missing.map(([name]) => ({ name, message: messages.missing(name) }));
  }
  const identity = findByEmail(exchange.service, String(identifier));
  const fits = await passwordFits(identity?.password?.hash, String(password));
  return identity && fits ? identity : [{ message: messages.invalidCredentials }];
}

function finishLogin(
  exchange: Exchange,
  flow: Flow,
  identity: Identity,
  who: SignedIn | undefined,
): Reply {
  const samePerson = who?.identity.id === identity.id;
  const session = startSession(
    exchange,
    identity,
    'password',
    samePerson ? who.session : undefined,
  );
  flow.active = 'password';
  const presented = presentSession(exchange.service, session);
  if (flow.type === 'api') {
    return json(200, { session_token: session.token, session: presented });
  }
  setSessionCookie(exchange, session);
  if (!samePerson) exchange.renewCsrf();
  const next = returnToOf(exchange, flow);
  if (!exchange.wantsJson) return redirect(next);
  return json(200, { session: presented, continue_with: [goOn(next)] });
}
