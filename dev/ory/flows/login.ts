import { alreadySignedIn, badRequest, browserMustGo, Fault } from '../errors.ts';
import { json, redirect, type Exchange, type Reply } from '../http.ts';
import { findByEmail } from '../identities.ts';
import { messages } from '../messages.ts';
import { identifiedNodes, identifierNodes } from '../nodes-two-steps.ts';
import { fillNode, loginNodes, refreshNodes, secondFactorNodes } from '../nodes.ts';
import { passwordFits } from '../passwords.ts';
import { presentSession } from '../present.ts';
import { allowedReturnTo } from '../return-to.ts';
import { identifierTitle } from '../schema.ts';
import { factorsOf, secondFactorProblem } from '../second-factor.ts';
import { isPast } from '../service.ts';
import {
  lacksSecondFactor,
  levelOf,
  secondFactorUrl,
  setSessionCookie,
  signedIn,
  startSession,
  type SignedIn,
} from '../sessions.ts';
import type { Flow, Identity, Session } from '../types.ts';
import {
  backToForm,
  beginFlow,
  begun,
  goOn,
  renderForm,
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
  const { styles } = exchange.service;
  const flow = beginFlow(exchange, 'login', {
    state: 'choose_method',
    type: old?.type ?? (exchange.url.pathname.endsWith('/api') ? 'api' : 'browser'),
    ...(old?.return_to !== undefined && { returnTo: old.return_to }),
    nodes: (token) => {
      if (who && level === 'aal2') return secondFactorNodes(token, factorsOf(who.identity));
      if (who) return refreshNodes(token, identifier);
      const first = styles.login === 'identifier_first' ? identifierNodes : loginNodes;
      return first(token, identifierTitle);
    },
  });
  flow.requested_aal = level;
  flow.refresh = who !== undefined && (old?.refresh ?? exchange.query('refresh') === 'true');
  if (flow.refresh) flow.ui.messages.push(messages.confirmItIsYou);
  else if (who && level === 'aal2') flow.ui.messages.push(messages.secondFactorNeeded);
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
  const reached = who && (level === 'aal1' || levelOf(who.session) === 'aal2');
  if (!who || !reached || exchange.query('refresh') === 'true') {
    return begun(exchange, beginLogin(exchange, who));
  }
  if (exchange.wantsJson) throw alreadySignedIn('signing in');
  return redirect(returnTo ?? exchange.service.ui.home);
}

/** POST /self-service/login?flow= */
export async function submitLogin(exchange: Exchange): Promise<Reply> {
  const flow = submittedFlow(exchange, 'login');
  const who = signedIn(exchange);
  const level = flow.requested_aal ?? 'aal1';
  if (who && !flow.refresh && (level === 'aal1' || levelOf(who.session) === level)) {
    if (!exchange.wantsJson) return redirect(exchange.service.ui.home);
    const reason = alreadySignedIn('signing in').body.reason ?? '';
    return backToForm(exchange, flow, [{ message: messages.generic(reason) }]);
  }
  if (isPast(exchange.service, flow.expires_at)) {
    const fresh = beginLogin(exchange, flow.refresh ? who : undefined, flow);
    return replaceExpired(exchange, flow, fresh, messages.loginExpired);
  }
  const body = await exchange.body();
  const method = String(body['method']);
  if (asksWhoFirst(exchange, flow) && method !== 'password') {
    requireCsrf(exchange, flow, body['csrf_token']);
    return askForPassword(exchange, flow, body['identifier']);
  }
  if (!(level === 'aal1' ? ['password'] : ['totp', 'lookup_secret']).includes(method)) {
    return backToForm(exchange, flow, [{ message: messages.noLoginMethod }]);
  }
  requireCsrf(exchange, flow, body['csrf_token']);
  if (level === 'aal2' && who) return submitSecondFactor(exchange, flow, who, body);
  const tried = await tryPassword(exchange, flow, body);
  if (Array.isArray(tried)) return backToForm(exchange, flow, tried);
  return finishLogin(exchange, flow, tried, who);
}

const asksWhoFirst = ({ service }: Exchange, flow: Flow) =>
  service.styles.login === 'identifier_first' && flow.requested_aal === 'aal1' && !flow.refresh;

/** On to the second step, whoever was named: to say more would tell strangers who has an account. */
function askForPassword(exchange: Exchange, flow: Flow, given: unknown): Reply {
  flow.active = 'identifier_first';
  renderForm(exchange, flow, (token) => identifiedNodes(token, identifierTitle, given ?? ''));
  return backToForm(exchange, flow, []);
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
  if (lacksSecondFactor({ session, identity })) return askForSecondFactor(exchange, flow);
  return goBack(exchange, flow, session);
}

/** Half signed in: the browser goes on to its second factor. */
function askForSecondFactor(exchange: Exchange, flow: Flow): Reply {
  const url = secondFactorUrl(exchange.service, flow.return_to);
  if (exchange.wantsJson) throw browserMustGo(url);
  return redirect(url);
}

function goBack(exchange: Exchange, flow: Flow, session: Session): Reply {
  const next = returnToOf(exchange, flow);
  if (!exchange.wantsJson) return redirect(next);
  const presented = presentSession(exchange.service, session);
  return json(200, { session: presented, continue_with: [goOn(next)] });
}

/** A code of the app, or one from paper, lifts the session that is there. */
function submitSecondFactor(
  exchange: Exchange,
  flow: Flow,
  { session, identity }: SignedIn,
  body: Record<string, unknown>,
): Reply {
  const method = body['method'] === 'totp' ? 'totp' : 'lookup_secret';
  const name = method === 'totp' ? 'totp_code' : 'lookup_secret';
  const given = body[name];
  if (typeof given !== 'string' || given === '') {
    return backToForm(exchange, flow, [{ name, message: messages.missing(name) }]);
  }
  const problem = secondFactorProblem(exchange.service, identity, method, given);
  if (problem) return backToForm(exchange, flow, [{ message: problem }]);
  flow.active = method;
  startSession(exchange, identity, method, session);
  setSessionCookie(exchange, session);
  return goBack(exchange, flow, session);
}
