import type { AppLoadContext } from '@remix-run/node';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { log } from '#app/lib/log.server.ts';
import type { Identity } from '#app/domain/identity.ts';
import { mirrorIdentity } from '#app/models/mirror.server.ts';
import { appointFirstManager } from '#app/models/user-role.server.ts';
import { credentialsOf, readSession, type OrySession } from './ory.server.ts';

export type Who =
  | Exclude<OrySession, { state: 'signed-in' }>
  | { state: 'signed-in'; viewer: Viewer }
  /** Known to the identity server still, but no longer somebody of BQS. */
  | { state: 'deactivated' };

/** Keyed by the context: Remix hands every loader of a request the same one, but a new Request. */
const asked = new WeakMap<AppLoadContext, Promise<Who>>();

/** Who sent a request. Asked once per HTTP request, however many loaders want to know. */
export function whoIs({ request, context }: { request: Request; context: AppLoadContext }) {
  const known = asked.get(context);
  if (known) return known;
  const answer = ask(request);
  asked.set(context, answer);
  return answer;
}

async function ask(request: Request): Promise<Who> {
  const requestId = request.headers.get('X-Request-Id') ?? undefined;
  const session = await readSession(credentialsOf(request));
  if (session.state === 'outage') {
    log.warn({ requestId, cause: session.cause }, 'the identity server did not answer');
  }
  if (session.state !== 'signed-in') return session;
  const viewer = await recognise(session.identity, requestId);
  return viewer ? { state: 'signed-in', viewer } : { state: 'deactivated' };
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
