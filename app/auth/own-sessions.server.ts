import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import type { SessionFacts } from '#app/domain/session-facts.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { oryCookies } from './cookies.ts';
import { requireSession, unavailable } from './guard.server.ts';
import { bounded, factsOf, factsSchema, frontend } from './ory.server.ts';
import { forgetSessionsOf } from './session-memo.server.ts';
import { signOutPath } from './sign-out.server.ts';

/** As many as are listed at once; nobody is signed in in more places. */
const pageSize = 250;

export type ListedSession = SessionFacts & { id: string };

/** Where else a person is signed in, the latest first. Throws 503 where the identity server cannot say. */
export async function listOtherSessions(request: Request): Promise<ListedSession[]> {
  const answer = await asked(request, () =>
    frontend.listMySessions({ cookie: cookieOf(request), pageSize }, bounded()),
  );
  const parsed = z.array(factsSchema).safeParse(answer);
  if (!parsed.success) throw unavailable(request);
  const alive = parsed.data.filter(({ active }) => active !== false).map(factsOf);
  const when = ({ signedInAt }: SessionFacts) => signedInAt?.getTime() ?? 0;
  return alive
    .flatMap((session) => (session.id ? [{ ...session, id: session.id }] : []))
    .sort((one, other) => when(other) - when(one));
}

/** Ends one session of one's own, not the one in use; null where there is no such session any more. */
export async function endSession(
  args: ActionFunctionArgs,
  id: string,
): Promise<ListedSession | null> {
  const { viewer, identityId } = await requireSession(args);
  const { request } = args;
  const found = (await listOtherSessions(request)).find((session) => session.id === id);
  if (!found) return null;
  await asked(request, () =>
    frontend.disableMySession({ id, cookie: cookieOf(request) }, bounded()),
  );
  forgetSessionsOf(identityId);
  await ended(args, viewer, { count: 1, here: false });
  return found;
}

/** Ends every session but the one in use, and says how many they were. */
export async function endOtherSessions(args: ActionFunctionArgs): Promise<number> {
  const { viewer, identityId } = await requireSession(args);
  const count = await endOthers(args.request, identityId);
  if (count > 0) await ended(args, viewer, { count, here: false });
  return count;
}

/**
 * Ends every session elsewhere, and leads to where this one ends too. The way out is asked for first: where
 * there is none, nothing is ended by halves.
 */
export async function endAllSessions(args: ActionFunctionArgs): Promise<string> {
  const { viewer, identityId } = await requireSession(args);
  const path = await signOutPath(args.request);
  if (path === 'outage') throw unavailable(args.request);
  const count = await endOthers(args.request, identityId);
  await ended(args, viewer, { count, here: true });
  return path ?? '/login';
}

/** Counted in the list: the identity server's own count takes in sessions that had ended before. */
async function endOthers(request: Request, identityId: string): Promise<number> {
  const { length } = await listOtherSessions(request);
  await asked(request, () =>
    frontend.disableMyOtherSessions({ cookie: cookieOf(request) }, bounded()),
  );
  // After they ended, and by the person: what this request was remembered under may be gone by now.
  forgetSessionsOf(identityId);
  return length;
}

async function ended(
  { request }: ActionFunctionArgs,
  viewer: Viewer,
  data: { count: number; here: boolean },
): Promise<void> {
  await recordEvent(db, {
    kind: 'session.revoked',
    actor: viewer,
    subject: { type: 'user', id: viewer.id, name: viewer.name },
    data,
    requestId: request.headers.get('X-Request-Id') ?? undefined,
  });
}

/** What the identity server answers. Its error carries the cookie, so what is thrown is ours: a 503. */
async function asked(request: Request, ask: () => Promise<{ data: unknown }>): Promise<unknown> {
  try {
    return (await ask()).data;
  } catch {
    throw unavailable(request);
  }
}

function cookieOf(request: Request): string | undefined {
  const { header } = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  return header ?? undefined;
}
