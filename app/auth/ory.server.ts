import { Configuration, FrontendApi } from '@ory/client';
import { z } from 'zod';
import { identityOf, identitySchema, type Identity } from '#app/domain/identity.ts';
import type { SessionFacts } from '#app/domain/session-facts.ts';
import { env } from '#app/lib/env.server.ts';
import { failureOf, type Failure } from '#app/lib/ory-failure.server.ts';
import { wantsProblem } from '#app/lib/problem.server.ts';
import { browserUrl } from './browser-url.ts';
import { oryCookies } from './cookies.ts';

export { failureOf };

/** How long a whole answer may take. The timeout of the client itself starts anew with every byte. */
const patience = 3000;
/** Sessions and flows are a few kB; what is larger is none. */
const largestAnswer = 1024 * 1024;

/** The identity server's public API, server to server: no redirect is followed, nothing waits long. */
export const frontend = new FrontendApi(
  new Configuration({
    basePath: env.ORY_PUBLIC_URL,
    baseOptions: { timeout: patience, maxRedirects: 0, maxContentLength: largestAnswer },
  }),
);

/** The URL under which a browser gets what the identity server points at; null where that is outside BQS. */
export function seenByBrowser(url: string): string | null {
  return browserUrl(url, { publicUrl: env.ORY_PUBLIC_URL, appUrl: env.APP_URL });
}

/** Bounds one call of `frontend` from its first byte to its last. */
export const bounded = () => ({ signal: AbortSignal.timeout(patience) });

/** What the identity server says of a request. An outage is neither signed in nor signed out. */
export type OrySession =
  | { state: 'signed-in'; identity: Identity; session: SessionFacts; expiresAt: Date | null }
  | { state: 'anonymous' }
  | { state: 'second-factor'; redirectTo: string | null }
  | { state: 'outage'; cause: string };

export type Credentials = { cookie: string } | { token: string };

/**
 * How a request says who it is: an Ory session token on the API alone, else the session cookie.
 * Null where it says nothing, and then nobody is asked.
 */
export function credentialsOf(request: Request): Credentials | null {
  if (wantsProblem(request)) {
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
    const token = bearer ?? request.headers.get('X-Session-Token');
    if (token) return { token };
  }
  const cookies = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  return cookies.session && cookies.header ? { cookie: cookies.header } : null;
}

/** Asks the identity server whose session this is. Never throws. */
export async function readSession(credentials: Credentials | null): Promise<OrySession> {
  if (!credentials) return { state: 'anonymous' };
  const answer = await whoami(credentials);
  if (answer.ok) return signedIn(answer.body);
  if (answer.status === 401) return { state: 'anonymous' };
  if (answer.status === 403) {
    const refusal = aal2.safeParse(answer.body);
    if (refusal.success) {
      return { state: 'second-factor', redirectTo: refusal.data.redirect_browser_to ?? null };
    }
  }
  return { state: 'outage', cause: answer.cause };
}

async function whoami(
  credentials: Credentials,
  limit = bounded(),
  retries = 1,
): Promise<Failure | { ok: true; body: unknown }> {
  const parameters =
    'token' in credentials ? { xSessionToken: credentials.token } : { cookie: credentials.cookie };
  try {
    return { ok: true, body: (await frontend.toSession(parameters, limit)).data };
  } catch (error) {
    const failure = failureOf(error);
    // A kept-alive connection may have been closed at the other end just as it was used.
    if (retries > 0 && failure.cause === 'ECONNRESET')
      return whoami(credentials, limit, retries - 1);
    return failure;
  }
}

function signedIn(body: unknown): OrySession {
  const parsed = sessionSchema.safeParse(body);
  if (!parsed.success) return { state: 'outage', cause: 'not a session' };
  if (parsed.data.active === false) return { state: 'anonymous' };
  return {
    state: 'signed-in',
    session: factsOf(parsed.data),
    expiresAt: parsed.data.expires_at,
    identity: identityOf(parsed.data.identity),
  };
}

/** What a session says of itself. What is missing or unreadable counts for nothing. */
export function factsOf(session: z.infer<typeof factsSchema>): SessionFacts {
  const { id, authenticator_assurance_level: level, authentication_methods: methods } = session;
  // Setting up a second factor proves it too, and leaves `authenticated_at` as it was.
  const proofs = [session.authenticated_at, ...methods.map(({ completed_at }) => completed_at)];
  const times = proofs.flatMap((proof) => (proof ? [proof.getTime()] : []));
  return {
    id,
    level: level === 'aal2' || level === 'aal3' ? 'aal2' : 'aal1',
    authenticatedAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    methods: methods.map(({ method }) => method),
    signedInAt: session.issued_at,
    userAgent: session.devices?.at(-1)?.user_agent?.slice(0, 500) || null,
    address: session.devices?.at(-1)?.ip_address || null,
  };
}

const instant = z.coerce.date().nullable().catch(null);

const text = z.string().nullish().catch(null);

export const factsSchema = z.object({
  id: z.guid().nullable().catch(null),
  active: z.boolean().optional(),
  authenticator_assurance_level: z.string().catch('aal1'),
  authenticated_at: instant,
  issued_at: instant,
  expires_at: instant,
  authentication_methods: z
    .array(z.object({ method: z.string(), completed_at: instant }))
    .catch([]),
  devices: z
    .array(z.object({ ip_address: text, user_agent: text }))
    .nullish()
    .catch(null),
});

const sessionSchema = factsSchema.extend({
  identity: identitySchema,
});

const aal2 = z.object({
  error: z.object({ id: z.literal('session_aal2_required') }),
  redirect_browser_to: z.string().optional(),
});
