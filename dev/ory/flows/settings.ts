import { randomUUID } from 'node:crypto';
import { continuityCookieName, setCookie } from '../cookies.ts';
import {
  Fault,
  notFound,
  refreshRequired,
  sessionInactive,
  someoneElse,
  unauthorized,
} from '../errors.ts';
import { json, redirect, type Exchange, type Reply } from '../http.ts';
import { changeIdentity, emailOf, findByEmail, setPassword } from '../identities.ts';
import { messages } from '../messages.ts';
import { fillNode, settingsNodes } from '../nodes.ts';
import { hashPassword, passwordFits, passwordProblem } from '../passwords.ts';
import { presentFlow } from '../present.ts';
import { checkTraits, traitFields, valueAt, withoutBlanks } from '../schema.ts';
import { after, isPast, publicUrl } from '../service.ts';
import {
  lacksSecondFactor,
  requireHighest,
  revokeOthers,
  secondFactorUrl,
  setSessionCookie,
  signedIn,
  type SignedIn,
} from '../sessions.ts';
import type { Flow, Identity } from '../types.ts';
import {
  backToForm,
  beginFlow,
  begun,
  clearForm,
  findFlow,
  flowJson,
  flowPage,
  goOn,
  refuseExpired,
  renderForm,
  replaceExpired,
  requireCsrf,
  submittedFlow,
  type Problem,
} from './flow.ts';
import {
  changeBackupCodes,
  changeTotp,
  factorNodes,
  newOffer,
  type FactorChange,
} from './settings-factors.ts';
import { sendVerification } from './verification.ts';

/** The form of an identity, with the second factors it has or is offered. */
const formOf = (identity: Identity, offered: Flow['offered']) => (token: string) =>
  settingsNodes(
    token,
    traitFields,
    (name) => valueAt(identity.traits, name),
    factorNodes(identity, offered),
  );

export function beginSettings(exchange: Exchange, identity: Identity, returnTo?: string): Flow {
  const offered = newOffer(identity);
  const flow = beginFlow(exchange, 'settings', {
    state: 'show_form',
    ...(returnTo !== undefined && { returnTo }),
    nodes: formOf(identity, offered),
  });
  flow.identity_id = identity.id;
  flow.offered = offered;
  return flow;
}

/** GET /self-service/settings/browser */
export function initSettings(exchange: Exchange): Reply {
  const who = signedIn(exchange);
  if (who && lacksSecondFactor(who) && !exchange.wantsJson) {
    return redirect(secondFactorUrl(exchange.service, exchange.query('return_to')));
  }
  if (who) {
    requireHighest(exchange, who);
    return begun(exchange, beginSettings(exchange, who.identity));
  }
  if (exchange.wantsJson) {
    const { status, message, body } = sessionInactive();
    const { id, reason } = body;
    throw new Fault(status, message, { id, reason, beside: { CredentialsMissing: false } });
  }
  const returnTo = exchange.query('return_to');
  const query = returnTo ? { return_to: returnTo } : undefined;
  return redirect(publicUrl(exchange.service, 'self-service/login/browser', query));
}

/** Who is signed in; a browser without a session is sent to the login page with 302. */
function requireSignedIn(exchange: Exchange): SignedIn | Reply {
  const who = signedIn(exchange);
  if (who) return who;
  if (!exchange.wantsJson) return redirect(exchange.service.ui.login, 302);
  throw unauthorized('Settings need a session cookie or a session token.');
}

/** GET /self-service/settings/flows?id= */
export function fetchSettings(exchange: Exchange): Reply {
  const who = requireSignedIn(exchange);
  if ('status' in who) return who;
  const flow = findFlow(exchange, 'settings', exchange.query('id'));
  if (!flow) throw notFound();
  requireHighest(exchange, who, flowPage(exchange, flow));
  if (flow.identity_id !== who.identity.id) throw someoneElse();
  refuseExpired(exchange, flow);
  return flowJson(exchange, flow);
}

/** POST /self-service/settings?flow= ; GET resumes a change that waited for a fresh sign-in. */
export async function submitSettings(exchange: Exchange): Promise<Reply> {
  const who = requireSignedIn(exchange);
  if ('status' in who) return who;
  const flow = submittedFlow(exchange, 'settings');
  requireHighest(exchange, who, flowPage(exchange, flow));
  if (flow.identity_id !== who.identity.id) throw someoneElse();
  if (isPast(exchange.service, flow.expires_at)) {
    const fresh = beginSettings(exchange, who.identity, flow.return_to ?? '');
    return replaceExpired(exchange, flow, fresh, messages.settingsExpired);
  }
  const waiting = takeWaiting(exchange, flow);
  const body = waiting ?? (await exchange.body());
  const change = changeOf(body);
  if (!change) return backToForm(exchange, flow, [{ message: messages.noSettingsMethod }]);
  // What waited here passed the check when it came in; the sign-in since renewed the cookie.
  if (!waiting) requireCsrf(exchange, flow, body['csrf_token']);
  return change(exchange, flow, who, body);
}

/** What a form asks for: by its method, or by the button of a second factor that was pressed. */
function changeOf(body: Body): Change | undefined {
  const { method } = body;
  if (method === 'profile') return changeProfile;
  if (method === 'password') return changePassword;
  if (method === 'totp' || 'totp_unlink' in body) return changeFactor(changeTotp);
  const lookup = Object.keys(body).some((name) => name.startsWith('lookup_secret_'));
  return method === 'lookup_secret' || lookup ? changeFactor(changeBackupCodes) : undefined;
}

type Change = (exchange: Exchange, flow: Flow, who: SignedIn, body: Body) => Promise<Reply> | Reply;

/** Second factors are changed after a fresh sign-in alone, like the password. */
function changeFactor(change: FactorChange): Change {
  return (exchange, flow, who, body) => {
    if (!isPrivileged(exchange, who)) return signInFirst(exchange, flow, body);
    const outcome = change(exchange, flow, who, body);
    if ('problem' in outcome) return backToForm(exchange, flow, [outcome.problem]);
    if (outcome.saved) return saved(exchange, flow, who);
    renderForm(exchange, flow, (token) =>
      settingsNodes(
        token,
        traitFields,
        (name) => valueAt(who.identity.traits, name),
        outcome.nodes,
      ),
    );
    flow.ui.messages = [];
    return exchange.wantsJson ? flowJson(exchange, flow) : redirect(flowPage(exchange, flow));
  };
}

type Body = Record<string, unknown>;

async function changeProfile(exchange: Exchange, flow: Flow, who: SignedIn, body: Body) {
  const { service } = exchange;
  const traits = withoutBlanks(body['traits']);
  for (const { name } of traitFields) {
    fillNode(flow.ui.nodes, name, valueAt(body['traits'], name));
  }
  const problems: Problem[] = checkTraits(traits);
  if (problems.length > 0) return backToForm(exchange, flow, problems);
  const newAddress = emailOf({ traits }) !== emailOf(who.identity);
  if (newAddress && !isPrivileged(exchange, who)) return signInFirst(exchange, flow, body);
  if (newAddress && findByEmail(service, emailOf({ traits }))) {
    return backToForm(exchange, flow, [{ message: messages.duplicate }]);
  }
  changeIdentity(service, who.identity, { traits });
  if (newAddress) sendVerification(exchange, who.identity);
  return saved(exchange, flow, who);
}

async function changePassword(exchange: Exchange, flow: Flow, who: SignedIn, body: Body) {
  const { service } = exchange;
  const { password } = body;
  const tell = (message: Problem['message']) =>
    backToForm(exchange, flow, [{ name: 'password', message }]);
  if (!isPrivileged(exchange, who)) return signInFirst(exchange, flow, body);
  if (typeof password !== 'string' || password === '') return tell(messages.missing('password'));
  const weakness = passwordProblem(password, emailOf(who.identity));
  if (weakness) return tell(weakness);
  const hash = who.identity.password?.hash;
  if (hash && (await passwordFits(hash, password))) return tell(messages.passwordUnchanged);
  setPassword(service, who.identity, await hashPassword(password));
  revokeOthers(service, who.identity.id, who.session);
  return saved(exchange, flow, who);
}

function saved(exchange: Exchange, flow: Flow, who: SignedIn): Reply {
  flow.state = 'success';
  clearForm(flow);
  flow.offered = newOffer(who.identity);
  renderForm(exchange, flow, formOf(who.identity, flow.offered));
  flow.ui.messages.push(messages.settingsSaved);
  setSessionCookie(exchange, who.session);
  const next = flow.return_to ?? flowPage(exchange, flow);
  if (!exchange.wantsJson) return redirect(next);
  const presented = presentFlow(exchange.service, flow);
  return json(200, { ...presented, continue_with: [goOn(next)] });
}

/** Whether the sign-in is recent enough for a change of password or address. */
function isPrivileged({ service }: Exchange, { session }: SignedIn): boolean {
  const age = service.now().getTime() - Date.parse(session.authenticated_at);
  return age <= service.seconds.privileged * 1000;
}

/** Keeps the change and asks for a fresh sign-in, which leads back here. */
function signInFirst(exchange: Exchange, flow: Flow, payload: Body): Reply {
  const { service } = exchange;
  const id = randomUUID();
  service.store.continuities.set(id, {
    flow_id: flow.id,
    identity_id: flow.identity_id ?? '',
    payload,
    expires_at: after(service, 600),
  });
  exchange.setCookie(continuityCookieName, setCookie(continuityCookieName, id, { maxAge: 600 }));
  const back = publicUrl(service, 'self-service/settings', { flow: flow.id });
  const query = { refresh: 'true', return_to: back };
  const login = publicUrl(service, 'self-service/login/browser', query);
  if (exchange.wantsJson) throw refreshRequired(login);
  return redirect(login);
}

/** The change that waited for this flow; only a GET takes it up, and only once. */
function takeWaiting(exchange: Exchange, flow: Flow): Body | undefined {
  const { store } = exchange.service;
  const id = exchange.cookies.get(continuityCookieName) ?? '';
  const waiting = store.continuities.get(id);
  if (exchange.method !== 'GET' || !waiting || waiting.flow_id !== flow.id) return undefined;
  store.continuities.delete(id);
  const usable =
    waiting.identity_id === flow.identity_id && !isPast(exchange.service, waiting.expires_at);
  return usable ? waiting.payload : undefined;
}
