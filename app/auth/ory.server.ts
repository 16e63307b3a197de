import { Configuration, FrontendApi } from '@ory/client';
import { z } from 'zod';
import type { SessionFacts } from '#app/domain/session-facts.ts';
import { env } from '#app/lib/env.server.ts';
import { wantsProblem } from '#app/lib/problem.server.ts';
import type { Identity } from '#app/models/user.server.ts';
import { browserUrl } from './browser-url.ts';
import { oryCookies } from './cookies.ts';

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

export type Failure = { ok: false; status: number | null; body: unknown; cause: string };

/**
 * What is safe to keep of an error of the client. The error itself carries the cookie, the token
 * and the password that were sent, and must reach no log.
 */
export function failureOf(error: unknown): Failure {
  const parsed = clientError.safeParse(error);
  const status = parsed.data?.response?.status ?? null;
  const cause = status ? `HTTP ${status}` : (parsed.data?.code ?? 'no response');
  return { ok: false, status, body: parsed.data?.response?.data, cause };
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
  const { id, traits, verifiable_addresses } = parsed.data.identity;
  const addresses = (verifiable_addresses ?? []).filter(({ via }) => via === 'email');
  const address = addresses.find(({ verified }) => verified) ?? addresses[0];
  const email = address?.value ?? traits.email;
  return {
    state: 'signed-in',
    session: factsOf(parsed.data),
    expiresAt: parsed.data.expires_at,
    identity: {
      id,
      email: email?.trim().toLowerCase() || null,
      emailVerified: address?.verified ?? false,
      name: withoutControls(nameOf(traits.name)),
    },
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

/** Control characters break what they are written into, and overrides of direction what stands around them. */
function withoutControls(name: string | null): string | null {
  return name?.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim() || null;
}

/** Traits are what the person typed: good for a label, never for authority. */
function nameOf(name: z.infer<typeof nameSchema>): string | null {
  const text =
    typeof name === 'string' ? name : [name?.first, name?.last].filter(Boolean).join(' ');
  return text.replace(/\s+/g, ' ').trim().slice(0, 200) || null;
}

const nameSchema = z
  .union([
    z.string(),
    z.object({ first: z.string().nullish().catch(null), last: z.string().nullish().catch(null) }),
  ])
  .nullish()
  .catch(null);

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
  identity: z.object({
    id: z.guid(),
    traits: z
      .object({ email: z.string().nullish().catch(null), name: nameSchema })
      .catch({ email: null, name: null }),
    verifiable_addresses: z
      .array(z.object({ value: z.string(), verified: z.boolean(), via: z.string() }))
      .nullish(),
  }),
});

const aal2 = z.object({
  error: z.object({ id: z.literal('session_aal2_required') }),
  redirect_browser_to: z.string().optional(),
});

const clientError = z.object({
  code: z.string().optional().catch(undefined),
  response: z.object({ status: z.number(), data: z.unknown() }).optional().catch(undefined),
});
