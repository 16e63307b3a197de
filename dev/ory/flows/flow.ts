import { randomUUID } from 'node:crypto';
import { csrfViolation, Fault, flowExpired, missingFlow, notFound } from '../errors.ts';
import { json, redirect, type Exchange, type Reply } from '../http.ts';
import { clearMessages, tellNode } from '../nodes.ts';
import { presentFlow } from '../present.ts';
import { allowedReturnTo } from '../return-to.ts';
import { after, isPast, pageUrl, publicUrl } from '../service.ts';
import type { Flow, FlowKind, Message, UiNode } from '../types.ts';

/** What the five flows have in common: begun, fetched, submitted, expired. */

interface Beginning {
  /** The form; it is handed the CSRF token to put in. */
  nodes: (token: string) => UiNode[];
  state: string;
  active?: string;
  type?: Flow['type'];
  returnTo?: string;
  requestUrl?: string;
}

/** A new flow, kept until it is submitted or long expired. Throws 400 for a bad `return_to`. */
export function beginFlow(exchange: Exchange, kind: FlowKind, beginning: Beginning): Flow {
  const { service } = exchange;
  const { nodes, state, active, type = 'browser' } = beginning;
  const returnTo = allowedReturnTo(service, beginning.returnTo ?? exchange.query('return_to'));
  const id = randomUUID();
  const now = service.now().toISOString();
  const token = type === 'browser' ? exchange.csrfToken() : '';
  const flow: Flow = {
    id,
    kind,
    type,
    expires_at: after(service, service.seconds.flow),
    issued_at: now,
    created_at: now,
    updated_at: now,
    request_url: beginning.requestUrl ?? exchange.url.toString(),
    ...(returnTo !== undefined && { return_to: returnTo }),
    ...(active !== undefined && { active }),
    state,
    ui: {
      action: publicUrl(service, `self-service/${kind}`, { flow: id }),
      method: 'POST',
      nodes: nodes(token),
      messages: [],
    },
    csrf_token: token,
    submissions: 0,
  };
  service.store.flows.set(id, flow);
  forgetOldFlows(exchange);
  return flow;
}

// An expired flow is still needed for a while: its submission is answered with a new one.
function forgetOldFlows({ service }: Exchange): void {
  const limit = service.now().getTime() - 24 * 3_600_000;
  for (const flow of service.store.flows.values()) {
    if (Date.parse(flow.expires_at) > limit) break;
    service.store.flows.delete(flow.id);
  }
}

/** Renders the form anew: other nodes, another token, made from the browser's present cookie. */
export function renderForm(
  exchange: Exchange,
  flow: Flow,
  nodes: (token: string) => UiNode[],
): void {
  flow.csrf_token = flow.type === 'browser' ? exchange.csrfToken() : '';
  flow.ui.nodes = nodes(flow.csrf_token);
  flow.updated_at = exchange.service.now().toISOString();
}

export const flowPage = (exchange: Exchange, flow: Flow) =>
  pageUrl(exchange.service.ui[flow.kind], { flow: flow.id });

export const flowJson = (exchange: Exchange, flow: Flow, status = 200): Reply =>
  json(status, presentFlow(exchange.service, flow));

/** The answer to a flow's beginning: the flow, or its page. */
export function begun(exchange: Exchange, flow: Flow): Reply {
  const asJson = exchange.acceptsJson || flow.type === 'api';
  return asJson ? flowJson(exchange, flow) : redirect(flowPage(exchange, flow));
}

export function findFlow({ service }: Exchange, kind: FlowKind, id: string | undefined) {
  const flow = service.store.flows.get(id ?? '');
  return flow?.kind === kind ? flow : undefined;
}

/** 410 for a flow that ran out before it was fetched; only two kinds name it by id. */
function expiredFetch(exchange: Exchange, flow: Flow): Fault {
  const named = flow.kind === 'login' || flow.kind === 'registration';
  const query = flow.return_to ? { return_to: flow.return_to } : undefined;
  const path = `self-service/${flow.kind}/browser`;
  return new Fault(410, 'The requested resource is no longer available', {
    ...(named && { id: 'self_service_flow_expired' }),
    reason: `The ${flow.kind} flow has expired; begin a new one.`,
    details: {
      redirect_to: publicUrl(exchange.service, path, query),
      return_to: flow.return_to ?? '',
    },
  });
}

/** Throws 410 where the flow ran out. */
export function refuseExpired(exchange: Exchange, flow: Flow): void {
  if (isPast(exchange.service, flow.expires_at)) throw expiredFetch(exchange, flow);
}

/** GET …/flows?id= : the flow, for the browser it was begun in. */
export function fetchFlow(exchange: Exchange, kind: FlowKind): Reply {
  const flow = findFlow(exchange, kind, exchange.query('id'));
  if (!flow) throw notFound();
  if (flow.type === 'browser' && !flow.skips_csrf && !exchange.csrfFits(flow.csrf_token)) {
    throw csrfViolation(exchange.headers.cookie === undefined ? 'no cookies' : 'no token');
  }
  refuseExpired(exchange, flow);
  return flowJson(exchange, flow);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string | undefined): text is string => uuid.test(text ?? '');

/** The flow a form belongs to. Throws 400 without a usable id, 404 for an unknown one. */
export function submittedFlow(exchange: Exchange, kind: FlowKind): Flow {
  const id = exchange.query('flow');
  if (!isUuid(id)) throw missingFlow();
  const flow = findFlow(exchange, kind, id);
  if (!flow) throw notFound();
  return flow;
}

/** Throws 403 unless the form came from the browser it was rendered for. */
export function requireCsrf(exchange: Exchange, flow: Flow, token: unknown): void {
  if (flow.type === 'api' || flow.skips_csrf || exchange.csrfFits(token)) return;
  throw csrfViolation(exchange.headers.cookie === undefined ? 'no cookies' : 'no match');
}

export interface Problem {
  message: Message;
  /** The field it belongs to; absent for the whole form. */
  name?: string;
}

export function clearForm(flow: Flow): void {
  clearMessages(flow.ui.nodes);
  flow.ui.messages = [];
}

/** Back to the form with what was wrong. `status` is that of a redirect for a browser. */
export function backToForm(
  exchange: Exchange,
  flow: Flow,
  problems: Problem[],
  status = 303,
): Reply {
  clearForm(flow);
  for (const { name, message } of problems) {
    if (name === undefined) flow.ui.messages.push(message);
    else tellNode(flow.ui.nodes, name, message);
  }
  if (exchange.wantsJson || flow.type === 'api') return flowJson(exchange, flow, 400);
  return redirect(flowPage(exchange, flow), status);
}

/** A form that came too late: on with a new flow that says so. */
export function replaceExpired(
  exchange: Exchange,
  old: Flow,
  fresh: Flow,
  message: Message,
): Reply {
  fresh.ui.messages.push(message);
  fresh.request_url = old.request_url;
  if (!exchange.wantsJson && old.type === 'browser') return redirect(flowPage(exchange, fresh));
  throw flowExpired(old.expires_at, exchange.service.now(), fresh.id);
}

/** What a browser does next, as the JSON answers of finished flows carry it. */
export const goOn = (url: string) => ({ action: 'redirect_browser_to', redirect_browser_to: url });

export const returnToOf = (exchange: Exchange, flow: Flow) =>
  flow.return_to ?? exchange.service.ui.home;
