import { alreadySignedIn, Fault } from '../errors.ts';
import { json, redirect, type Exchange, type Reply } from '../http.ts';
import { createIdentity, emailOf, findByEmail } from '../identities.ts';
import { messages } from '../messages.ts';
import { credentialNodes, profileNodes } from '../nodes-two-steps.ts';
import { fillNode, registrationNodes } from '../nodes.ts';
import { hashPassword, passwordProblem } from '../passwords.ts';
import { presentIdentity, presentSession } from '../present.ts';
import { allowedReturnTo } from '../return-to.ts';
import { checkTraits, traitFields, valueAt, withoutBlanks } from '../schema.ts';
import { isPast } from '../service.ts';
import { setSessionCookie, signedIn, startSession } from '../sessions.ts';
import type { Flow, Identity } from '../types.ts';
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
import { sendVerification } from './verification.ts';

const beginRegistration = (exchange: Exchange, old?: Flow) =>
  beginFlow(exchange, 'registration', {
    state: 'choose_method',
    ...(old?.return_to !== undefined && { returnTo: old.return_to }),
    nodes: (token) =>
      exchange.service.styles.registration === 'profile_first'
        ? profileNodes(token, traitFields, () => undefined)
        : registrationNodes(token, traitFields),
  });

/** GET /self-service/registration/browser */
export function initRegistration(exchange: Exchange): Reply {
  const returnTo = allowedReturnTo(exchange.service, exchange.query('return_to'));
  if (!signedIn(exchange)) return begun(exchange, beginRegistration(exchange));
  if (exchange.wantsJson) throw alreadySignedIn('registering');
  return redirect(returnTo ?? exchange.service.ui.home);
}

/** POST /self-service/registration?flow= . A browser is sent back to the form with 302, not 303. */
export async function submitRegistration(exchange: Exchange): Promise<Reply> {
  if (signedIn(exchange)) {
    if (exchange.wantsJson) throw alreadySignedIn('registering');
    return redirect(exchange.service.ui.home, 302);
  }
  const flow = submittedFlow(exchange, 'registration');
  if (isPast(exchange.service, flow.expires_at)) {
    const fresh = beginRegistration(exchange, flow);
    return replaceExpired(exchange, flow, fresh, messages.registrationExpired);
  }
  const body = await exchange.body();
  const asksWhoFirst = exchange.service.styles.registration === 'profile_first';
  if (asksWhoFirst && (body['method'] === 'profile' || body['screen'])) {
    return turnPage(exchange, flow, body);
  }
  if (body['method'] !== 'password') {
    return backToForm(exchange, flow, [{ message: messages.noRegistrationMethod }], 302);
  }
  requireCsrf(exchange, flow, body['csrf_token']);
  const traits = withoutBlanks(body['traits']);
  for (const { name } of traitFields) {
    fillNode(flow.ui.nodes, name, valueAt(body['traits'], name));
  }
  const problems = problemsOf(exchange, traits, body['password']);
  if (problems.length > 0) return backToForm(exchange, flow, problems, 302);
  return register(exchange, flow, traits, String(body['password']));
}

/** On to the password once the traits hold, or back from it with what was typed. */
function turnPage(exchange: Exchange, flow: Flow, body: Record<string, unknown>): Reply {
  const valueOf = (name: string) => valueAt(body['traits'], name);
  if (body['screen'] === 'previous') {
    renderForm(exchange, flow, (token) => profileNodes(token, traitFields, valueOf));
    return backToForm(exchange, flow, []);
  }
  requireCsrf(exchange, flow, body['csrf_token']);
  for (const { name } of traitFields) fillNode(flow.ui.nodes, name, valueOf(name));
  const problems = checkTraits(withoutBlanks(body['traits']));
  if (problems.length > 0) return backToForm(exchange, flow, problems, 302);
  renderForm(exchange, flow, (token) => credentialNodes(token, traitFields, valueOf));
  return backToForm(exchange, flow, [{ message: messages.chooseCredential }]);
}

function problemsOf(
  { service }: Exchange,
  traits: Record<string, unknown>,
  password: unknown,
): Problem[] {
  if (typeof password !== 'string' || password === '') {
    return [{ name: 'password', message: messages.missing('password') }];
  }
  const problems = checkTraits(traits);
  if (problems.length > 0) return problems;
  const email = emailOf({ traits });
  const weakness = passwordProblem(password, email);
  if (weakness) return [{ name: 'password', message: weakness }];
  return findByEmail(service, email) ? [{ message: messages.duplicate }] : [];
}

async function register(
  exchange: Exchange,
  flow: Flow,
  traits: Record<string, unknown>,
  password: string,
): Promise<Reply> {
  const passwordHash = await hashPassword(password);
  let identity;
  try {
    identity = createIdentity(exchange.service, { traits, passwordHash });
  } catch (error) {
    // Somebody else took the address while the password was being hashed.
    if (!(error instanceof Fault) || error.status !== 409) throw error;
    return backToForm(exchange, flow, [{ message: messages.duplicate }], 302);
  }
  sendVerification(exchange, identity);
  return welcome(exchange, flow, identity);
}

function welcome(exchange: Exchange, flow: Flow, identity: Identity): Reply {
  const { service } = exchange;
  const session = startSession(exchange, identity, 'password');
  setSessionCookie(exchange, session);
  exchange.renewCsrf();
  const next = returnToOf(exchange, flow);
  if (!exchange.wantsJson) return redirect(next);
  return json(200, {
    session: presentSession(service, session),
    identity: presentIdentity(service, identity),
    continue_with: [goOn(next)],
  });
}
