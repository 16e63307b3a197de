import { issueCode, post, spendCode } from '../courier.ts';
import { flowReplaced } from '../errors.ts';
import { redirect, type Exchange, type Reply } from '../http.ts';
import { findByEmail, normalise, verifyAddress } from '../identities.ts';
import { messages } from '../messages.ts';
import { addressNodes, codeNodes, doneNodes } from '../nodes.ts';
import { isEmail } from '../schema.ts';
import { isPast, publicUrl } from '../service.ts';
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
  returnToOf,
  submittedFlow,
} from './flow.ts';

const beginVerification = (exchange: Exchange, old?: Flow) =>
  beginFlow(exchange, 'verification', {
    state: 'choose_method',
    active: 'code',
    ...(old && { returnTo: old.return_to ?? '', requestUrl: old.request_url }),
    nodes: addressNodes,
  });

/** GET /self-service/verification/browser; open to everybody, signed in or not. */
export const initVerification = (exchange: Exchange): Reply =>
  begun(exchange, beginVerification(exchange));

/** Mails a code for the identity's address, in a flow of its own; after a new or changed address. */
export function sendVerification(exchange: Exchange, identity: Identity): void {
  const address = identity.verifiable_addresses[0];
  if (!address || address.verified) return;
  const flow = beginVerification(exchange);
  askForCode(exchange, flow, address.value);
}

function askForCode(exchange: Exchange, flow: Flow, typed: string): void {
  const { service } = exchange;
  const address = normalise(typed);
  const identity = findByEmail(service, address);
  const code = issueCode(service, flow, address, identity?.id);
  const known = identity?.verifiable_addresses[0];
  if (known) {
    if (!known.verified) known.status = 'sent';
    const link = publicUrl(service, 'self-service/verification', {
      code: code.value,
      flow: flow.id,
    });
    post(service, {
      to: address,
      subject: `Your verification code is ${code.value}`,
      body: `To verify this address, enter the code\n\n${code.value}\n\nor open\n\n${link}\n`,
      template: 'verification_code_valid',
    });
  }
  flow.state = 'sent_email';
  clearForm(flow);
  renderForm(exchange, flow, (token) => codeNodes(token, 'verification', address));
  flow.ui.messages.push(messages.verificationCodeSent);
}

/** A finished or exhausted flow gives way to a new one. */
function startOver(exchange: Exchange, old: Flow, message: Message): Reply {
  exchange.renewCsrf();
  const fresh = beginVerification(exchange, old);
  fresh.ui.messages.push(message);
  if (!exchange.wantsJson) return redirect(flowPage(exchange, fresh));
  throw flowReplaced(fresh.id);
}

/**
 * POST /self-service/verification?flow= . Asking for a code needs the CSRF token; handing one in does
 * not, for the code itself proves enough and may come from another browser than it was asked in.
 */
export async function submitVerification(exchange: Exchange): Promise<Reply> {
  const flow = submittedFlow(exchange, 'verification');
  const body = await exchange.body();
  if (flow.state === 'passed_challenge') {
    return startOver(exchange, flow, messages.verificationFinished);
  }
  if (isPast(exchange.service, flow.expires_at)) return startLate(exchange, flow);
  const { email, code } = body;
  if (typeof code === 'string' && code !== '') return submitCode(exchange, flow, code);
  if (typeof email !== 'string' || email === '') {
    return backToForm(exchange, flow, [{ name: 'email', message: messages.missing('email') }]);
  }
  requireCsrf(exchange, flow, body['csrf_token']);
  if (!isEmail(email)) {
    return backToForm(exchange, flow, [{ name: 'email', message: messages.invalidEmail(email) }]);
  }
  askForCode(exchange, flow, email);
  return answer(exchange, flow);
}

/** A flow that ran out: a JSON client is sent to fetch the new one, a browser to its page. */
function startLate(exchange: Exchange, old: Flow): Reply {
  exchange.renewCsrf();
  const fresh = beginVerification(exchange, old);
  fresh.ui.messages.push(messages.verificationExpired);
  const path = 'self-service/verification/flows';
  const fetchUrl = publicUrl(exchange.service, path, { id: fresh.id });
  return redirect(exchange.wantsJson ? fetchUrl : flowPage(exchange, fresh));
}

function submitCode(exchange: Exchange, flow: Flow, given: unknown): Reply {
  const { service } = exchange;
  flow.submissions += 1;
  if (flow.submissions > 5) return startOver(exchange, flow, messages.submittedTooOften);
  const code = spendCode(service, flow, given);
  const identity = code?.identity_id && service.store.identities.get(code.identity_id);
  clearForm(flow);
  if (!code || !identity) {
    flow.ui.messages.push(messages.wrongVerificationCode);
    return answer(exchange, flow);
  }
  verifyAddress(service, identity, code.address);
  flow.state = 'passed_challenge';
  const next = returnToOf(exchange, flow);
  flow.ui.method = 'GET';
  flow.ui.action = next;
  renderForm(exchange, flow, (token) => doneNodes(token, next));
  flow.ui.messages.push(messages.verified);
  return answer(exchange, flow);
}

function answer(exchange: Exchange, flow: Flow): Reply {
  return exchange.wantsJson ? flowJson(exchange, flow) : redirect(flowPage(exchange, flow));
}

/** GET /self-service/verification?flow=&code= : a mail's link; the code is filled in, not spent. */
export function openVerification(exchange: Exchange): Reply {
  const flow = submittedFlow(exchange, 'verification');
  if (flow.state !== 'sent_email') return redirect(flowPage(exchange, flow));
  // The link may be opened in a browser that never saw the flow; from now on it is that one's.
  exchange.renewCsrf();
  const code = exchange.query('code');
  renderForm(exchange, flow, (token) => codeNodes(token, 'verification', flow.code?.address, code));
  return redirect(flowPage(exchange, flow));
}
