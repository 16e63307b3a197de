import { issueCode, post, spendCode } from '../courier.ts';
import { alreadySignedIn, browserMustGo, Fault } from '../errors.ts';
import { redirect, type Exchange, type Reply } from '../http.ts';
import { findByEmail, normalise, verifyAddress } from '../identities.ts';
import { messages } from '../messages.ts';
import { addressNodes, codeNodes } from '../nodes.ts';
import { isEmail } from '../schema.ts';
import { after, isPast, publicUrl } from '../service.ts';
import { revokeOthers, setSessionCookie, signedIn, startSession } from '../sessions.ts';
import type { Flow, Identity, Message } from '../types.ts';
import {
  backToForm,
  beginFlow,
  begun,
  clearForm,
  flowJson,
  flowPage,
  renderForm,
  requireCsrf,
  submittedFlow,
} from './flow.ts';
import { beginSettings } from './settings.ts';

const beginRecovery = (exchange: Exchange, old?: Flow) =>
  beginFlow(exchange, 'recovery', {
    state: 'choose_method',
    active: 'code',
    ...(old && { returnTo: old.return_to ?? '', requestUrl: old.request_url }),
    nodes: addressNodes,
  });

function refuseSignedIn(exchange: Exchange): Reply | undefined {
  if (!signedIn(exchange)) return undefined;
  if (exchange.wantsJson) throw alreadySignedIn('recovering');
  return redirect(exchange.service.ui.home, 302);
}

/** GET /self-service/recovery/browser */
export const initRecovery = (exchange: Exchange): Reply =>
  refuseSignedIn(exchange) ?? begun(exchange, beginRecovery(exchange));

/** A flow an administrator starts for somebody, with the code it takes; for `seconds`. */
export function beginRecoveryFor(exchange: Exchange, identity: Identity, seconds: number) {
  const flow = beginRecovery(exchange);
  flow.skips_csrf = true;
  flow.expires_at = after(exchange.service, seconds);
  flow.state = 'sent_email';
  const code = issueCode(exchange.service, flow, '', identity.id, seconds);
  renderForm(exchange, flow, (token) => codeNodes(token, 'recovery'));
  return { flow, code };
}

/** POST /self-service/recovery?flow= */
export async function submitRecovery(exchange: Exchange): Promise<Reply> {
  const flow = submittedFlow(exchange, 'recovery');
  const body = await exchange.body();
  try {
    requireCsrf(exchange, flow, body['csrf_token']);
  } catch (error) {
    // The browser lost its token or never had it: with a new one it can at least begin again.
    if (error instanceof Fault) exchange.renewCsrf();
    throw error;
  }
  if (flow.state === 'passed_challenge') {
    return startOver(exchange, flow, messages.recoveryFinished);
  }
  if (isPast(exchange.service, flow.expires_at)) {
    return startOver(exchange, flow, messages.recoveryExpired);
  }
  const { email, code } = body;
  if (flow.state === 'sent_email' && !email) return submitCode(exchange, flow, code);
  return refuseSignedIn(exchange) ?? askForCode(exchange, flow, email);
}

/** On with a new flow; a JSON client is sent to fetch it. */
function startOver(exchange: Exchange, old: Flow, message: Message): Reply {
  exchange.renewCsrf();
  const fresh = beginRecovery(exchange, old);
  fresh.ui.messages.push(message);
  const fetchUrl = publicUrl(exchange.service, 'self-service/recovery/flows', { id: fresh.id });
  return redirect(exchange.wantsJson ? fetchUrl : flowPage(exchange, fresh));
}

/** Sends a code where the address is somebody's; what the browser sees is the same either way. */
function askForCode(exchange: Exchange, flow: Flow, typed: unknown): Reply {
  if (typeof typed !== 'string' || typed === '') {
    return backToForm(exchange, flow, [{ name: 'email', message: messages.missing('email') }]);
  }
  if (!isEmail(typed)) {
    return backToForm(exchange, flow, [{ name: 'email', message: messages.invalidEmail(typed) }]);
  }
  const { service } = exchange;
  const address = normalise(typed);
  const found = findByEmail(service, address);
  const identity = found?.state === 'active' ? found : undefined;
  const code = issueCode(service, flow, address, identity?.id);
  if (identity) {
    post(service, {
      to: address,
      subject: `Your recovery code is ${code.value}`,
      body: `To get back into your account, enter the code\n\n${code.value}\n`,
      template: 'recovery_code_valid',
    });
  }
  flow.state = 'sent_email';
  clearForm(flow);
  renderForm(exchange, flow, (token) => codeNodes(token, 'recovery', address));
  flow.ui.messages.push(messages.recoveryCodeSent);
  return exchange.wantsJson ? flowJson(exchange, flow) : redirect(flowPage(exchange, flow));
}

function submitCode(exchange: Exchange, flow: Flow, given: unknown): Reply {
  const { service } = exchange;
  flow.submissions += 1;
  if (flow.submissions > 5) return startOver(exchange, flow, messages.submittedTooOften);
  const code = spendCode(service, flow, given);
  const identity = code?.identity_id && service.store.identities.get(code.identity_id);
  if (!code || !identity) {
    clearForm(flow);
    flow.ui.messages.push(messages.wrongRecoveryCode);
    return exchange.wantsJson ? flowJson(exchange, flow) : redirect(flowPage(exchange, flow));
  }
  if (code.address) verifyAddress(service, identity, code.address);
  return letIn(exchange, flow, identity);
}

/** Signed in by the code, everywhere else signed out, and on to choose a new password. */
function letIn(exchange: Exchange, flow: Flow, identity: Identity): Reply {
  const { service } = exchange;
  const session = startSession(exchange, identity, 'code_recovery');
  revokeOthers(service, identity.id, session);
  setSessionCookie(exchange, session);
  exchange.renewCsrf();
  flow.state = 'passed_challenge';
  const settings = beginSettings(exchange, identity, flow.return_to);
  settings.ui.messages.push(messages.recovered(after(service, service.seconds.privileged)));
  const next = flowPage(exchange, settings);
  if (exchange.wantsJson) throw browserMustGo(next);
  return redirect(next);
}
