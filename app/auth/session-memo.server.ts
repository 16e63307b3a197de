import type { AppLoadContext } from '@remix-run/node';
import type { Viewer } from '#app/domain/roles.ts';
import type { SessionFacts } from '#app/domain/session-facts.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { log } from '#app/lib/log.server.ts';
import type { Identity } from '#app/domain/identity.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { activePerson } from '#app/models/active-person.server.ts';
import { findViewers } from '#app/models/user.server.ts';
import { appointFirstManager } from '#app/models/user-role.server.ts';
import { sessionCookieOf } from './cookies.ts';
import { isRead } from './is-read.ts';
import { credentialsOf, readSession, type Credentials, type OrySession } from './ory.server.ts';
import { SessionCache } from './session-cache.ts';

type SignedInAtOry = Extract<OrySession, { state: 'signed-in' }>;

export type Who =
  | Exclude<OrySession, { state: 'signed-in' }>
  | { state: 'signed-in'; viewer: Viewer; session: SessionFacts; identityId: string }
  /** Known to the identity server still, but no longer somebody of BQS. */
  | { state: 'deactivated' };

interface Answers {
  asked?: Promise<Who>;
  cached?: Promise<Who | null>;
}

/** Keyed by the context: Remix hands every loader of a request the same one, but a new Request. */
const answers = new WeakMap<AppLoadContext, Answers>();

const cache = new SessionCache<SignedInAtOry>(env.SESSION_CACHE_SECONDS);

/**
 * Who sent a request, with what is known of their session. The identity server is asked once per HTTP
 * request at most, however many loaders want to know. With SESSION_CACHE_SECONDS an answer of a moment ago
 * may do, but never for a change, nor where `fresh` is asked for.
 */
export async function whoIs(
  { request, context }: { request: Request; context: AppLoadContext },
  { fresh = false }: { fresh?: boolean } = {},
): Promise<Who> {
  const known = answers.get(context) ?? {};
  answers.set(context, known);
  if (!fresh && isRead(request) && !known.asked) {
    known.cached ??= recall(request);
    const who = await known.cached;
    if (who) return who;
  }
  known.asked ??= ask(request);
  return known.asked;
}

/** Forgets what is cached of a person: their sessions have changed. Other processes know nothing of it. */
export function forgetSessionsOf(identityId: string): void {
  cache.forgetIdentity(identityId);
}

/** As `forgetSessionsOf`, for whoever sent a request, as far as they are remembered. */
export function forgetSession(request: Request): void {
  const credentials = credentialsOf(request);
  if (credentials) cache.forget(textOf(credentials));
}

/** The session as it was a moment ago. Roles are never cached: they come from the tables as they stand. */
async function recall(request: Request): Promise<Who | null> {
  const credentials = credentialsOf(request);
  const kept = credentials && cache.get(textOf(credentials));
  if (!kept) return null;
  const [viewer] = await findViewers(db, { oryIdentityId: kept.identity.id, ...activePerson });
  if (!viewer) return null;
  return { state: 'signed-in', viewer, session: kept.session, identityId: kept.identity.id };
}

async function ask(request: Request): Promise<Who> {
  const requestId = request.headers.get('X-Request-Id') ?? undefined;
  const credentials = credentialsOf(request);
  const keep = credentials && cache.keeper(textOf(credentials));
  const answer = await readSession(credentials);
  if (answer.state === 'outage') {
    log.warn({ requestId, cause: answer.cause }, 'the identity server did not answer');
    return answer;
  }
  if (answer.state !== 'signed-in') {
    if (credentials && cache.get(textOf(credentials))) cache.forget(textOf(credentials));
    return answer;
  }
  const { identity, session, expiresAt: ends } = answer;
  const viewer = await recognise(identity, requestId);
  if (!viewer) return { state: 'deactivated' };
  keep?.(answer, { identityId: identity.id, ends });
  return { state: 'signed-in', viewer, session, identityId: identity.id };
}

/** What an answer is remembered under: the session alone, whatever other cookies come with it. */
function textOf(credentials: Credentials): string {
  if ('token' in credentials) return `token ${credentials.token}`;
  return `cookie ${sessionCookieOf(credentials.cookie, env.ORY_SESSION_COOKIE) ?? ''}`;
}

/** The viewer an identity stands for; null where that person was deactivated. */
async function recognise(identity: Identity, requestId?: string): Promise<Viewer | null> {
  const { active, ...viewer } = await mirrorIdentity(db, identity);
  if (!active) return null;
  const named = env.FIRST_MANAGER_EMAIL?.toLowerCase();
  if (!named || viewer.verifiedEmail !== named || viewer.roles.includes('MANAGER')) return viewer;
  const appointed = await appointFirstManager(db, viewer, requestId);
  return appointed ? { ...viewer, roles: [...viewer.roles, 'MANAGER'] } : viewer;
}
