import {
  redirectDocument,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { rolesWith, scopeOf, type Permission, type Scope } from '#app/domain/permissions.ts';
import { asksAfresh } from '#app/domain/fresh-session.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { SessionFacts } from '#app/domain/session-facts.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { listManagerNames } from '#app/models/user.server.ts';
import { problem, wantsProblem } from '#app/lib/problem.server.ts';
import { isRead } from './is-read.ts';
import { limitViewer } from './limit-viewer.server.ts';
import { credentialsOf, seenByBrowser } from './ory.server.ts';
import { readPostedForm } from './posted-form.server.ts';
import { isCrossSite } from './same-origin.ts';
import { whoIs } from './session-memo.server.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;
/** `fresh`: the identity server is asked now, whatever a cache remembers. */
type Asking = { fresh?: boolean };

/** The person of a request, who holds at least one role. Throws the response for everybody else. */
export async function requireViewer(args: Args, asking: Asking = {}): Promise<Viewer> {
  const viewer = await requireSignedIn(args, asking);
  if (viewer.roles.length > 0) return viewer;
  const words = 'You hold no role in BQS yet. A manager can grant you one.';
  if (wantsProblem(args.request)) throw problem(403, 'No role', words);
  throw wantsEvents(args.request)
    ? new Response(words, { status: 403 })
    : redirectDocument('/welcome');
}

/** The person of a request who holds `permission`, and the rows on which they hold it. */
export async function requirePermission(
  args: Args,
  permission: Permission,
): Promise<{ viewer: Viewer; scope: Scope }> {
  const viewer = await requireViewer(args, { fresh: asksAfresh(permission) });
  const scope = scopeOf(viewer, permission);
  if (!scope) throw await forbidden(args.request, permission, viewer);
  return { viewer, scope };
}

/**
 * Who is signed in, if anybody; `viewer.roles` may be empty. Redirects nobody; throws 503 when the
 * identity server cannot say.
 */
export async function optionalViewer(
  args: Args,
  asking: Asking = {},
): Promise<{ viewer: Viewer | null; signedIn: boolean }> {
  const who = await whoIs(args, asking);
  if (who.state === 'outage') throw unavailable(args.request);
  const viewer = who.state === 'signed-in' ? who.viewer : null;
  // Whoever was deactivated has a session that they can still end.
  return { viewer, signedIn: viewer !== null || who.state === 'deactivated' };
}

/** The person of a request, with or without a role. */
export async function requireSignedIn(args: Args, asking: Asking = {}): Promise<Viewer> {
  return (await requireKnown(args, asking)).viewer;
}

/** As `requireSignedIn`, with what the identity server says now of the session itself. */
export function requireSession(
  args: Args,
): Promise<{ viewer: Viewer; session: SessionFacts; identityId: string }> {
  return requireKnown(args, { fresh: true });
}

async function requireKnown(args: Args, asking: Asking) {
  if (!hasToken(args.request)) refuseCrossSite(args.request);
  const who = await whoIs(args, asking);
  if (who.state === 'signed-in') {
    await limitViewer(args, who.viewer);
    return { viewer: who.viewer, session: who.session, identityId: who.identityId };
  }
  if (who.state === 'outage') throw await outage(args.request);
  if (who.state === 'deactivated') throw await deactivated(args.request);
  if (who.state === 'second-factor') throw await secondFactor(args.request, who.redirectTo);
  throw await signedOut(args.request);
}

/** Refuses what a page of another site makes a browser send along with its cookies. */
export function refuseCrossSite(request: Request): void {
  if (isRead(request)) return;
  if (!isCrossSite(request.headers, env.APP_URL)) return;
  const words = 'This was sent from a page that is not part of BQS, so nothing was done.';
  throw wantsProblem(request)
    ? problem(403, 'Cross-site request', words)
    : Response.json({ kind: 'cross-site', message: words }, { status: 403 });
}

/** What the error boundary of a 403 shows. */
export interface Forbidden {
  kind: 'forbidden';
  permission: Permission;
  /** Codes of the roles that hold the permission. */
  roles: readonly string[];
  /** Names of those who can grant one. */
  managers: string[];
}

/** Looking where one may not is nobody's concern; trying to change something there goes on the record. */
async function forbidden(
  request: Request,
  permission: Permission,
  viewer: Viewer,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    await recordEvent(db, {
      kind: 'access.refused',
      actor: viewer,
      subject: { type: 'user', id: viewer.id, name: viewer.name },
      data: { permission, path: new URL(request.url).pathname.slice(0, 200) },
      requestId: request.headers.get('X-Request-Id') ?? undefined,
    });
  }
  const roles = rolesWith(permission);
  if (wantsProblem(request)) {
    const detail = `This needs the permission ${permission}, which you do not hold.`;
    return problem(403, 'Not permitted', detail, { permission, roles });
  }
  const managers = await listManagerNames(db);
  const body: Forbidden = { kind: 'forbidden', permission, roles, managers };
  return Response.json(body, { status: 403, statusText: 'Forbidden' });
}

/** No redirect leads here or away, so that nobody goes round in circles. */
async function deactivated(request: Request): Promise<Response> {
  const message = 'Your account was deactivated, so BQS is closed to you.';
  if (wantsProblem(request)) return problem(403, 'Account deactivated', message);
  const body = { kind: 'deactivated', message, managers: await listManagerNames(db) };
  return Response.json(body, { status: 403, statusText: 'Forbidden' });
}

async function signedOut(request: Request): Promise<Response> {
  if (wantsProblem(request)) {
    const detail = 'Sign in, or send an Ory session token as a bearer token.';
    return problem(401, 'Not signed in', detail, {}, { 'WWW-Authenticate': 'Bearer' });
  }
  if (wantsEvents(request)) return new Response('You are signed out.', { status: 401 });
  if (isRead(request)) {
    return redirectDocument(`/login?${new URLSearchParams({ return_to: pathOf(request) })}`);
  }
  const form = await readPostedForm(request);
  return Response.json({ kind: 'session-ended', ...form }, { status: 401 });
}

async function secondFactor(request: Request, redirectTo: string | null): Promise<Response> {
  const words = 'This session has not passed its second factor.';
  if (wantsProblem(request)) {
    return problem(403, 'Second factor needed', words, { needs: 'second-factor' });
  }
  if (wantsEvents(request)) return new Response(words, { status: 403 });
  if (!isRead(request)) {
    const form = await readPostedForm(request);
    return Response.json({ kind: 'second-factor', ...form }, { status: 401 });
  }
  const own = `${env.APP_URL}/.ory/self-service/login/browser?aal=aal2`;
  const target = new URL((redirectTo && seenByBrowser(redirectTo)) ?? own);
  if (!target.searchParams.has('return_to')) {
    target.searchParams.set('return_to', env.APP_URL + pathOf(request));
  }
  return redirectDocument(target.href);
}

/** The identity server is out of reach: nobody is signed out, and nobody let in. */
export function unavailable(request: Request): Response {
  const words = 'Sign-in is out of reach at the moment. Nothing is lost: try again shortly.';
  const headers = { 'Retry-After': '5' };
  if (!wantsProblem(request)) {
    return Response.json({ kind: 'identity-outage', message: words }, { status: 503, headers });
  }
  return problem(503, 'Identity service unavailable', words, {}, headers);
}

/** An outage as `unavailable` says it; what a form had sent travels in the answer, to be sent again. */
async function outage(request: Request): Promise<Response> {
  const answer = unavailable(request);
  if (isRead(request) || wantsProblem(request)) return answer;
  const body = { ...((await answer.json()) as object), ...(await readPostedForm(request)) };
  return Response.json(body, answer);
}

/** No browser sends a token by itself, so whoever has one is not a browser being misused. */
function hasToken(request: Request): boolean {
  const credentials = credentialsOf(request);
  return credentials !== null && 'token' in credentials;
}

/** A stream of events cannot follow a redirect to a page; it only needs to know to stop. */
function wantsEvents(request: Request): boolean {
  return request.headers.get('Accept')?.includes('text/event-stream') ?? false;
}

function pathOf(request: Request): string {
  if (!isRead(request)) return '/';
  const url = new URL(request.url);
  return url.pathname + url.search;
}
