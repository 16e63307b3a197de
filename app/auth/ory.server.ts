import { Configuration, FrontendApi } from '@ory/client';
import { z } from 'zod';
import { identityOf, identitySchema, type Identity } from '#app/domain/identity.ts';
import { env } from '#app/lib/env.server.ts';
import { failureOf, type Failure } from '#app/lib/ory-failure.server.ts';
import { wantsProblem } from '#app/lib/problem.server.ts';
import { oryCookies } from './cookies.ts';

export { failureOf };

/** The identity server's public API, server to server: no redirect is followed, nothing waits long. */
export const frontend = new FrontendApi(
  new Configuration({
    basePath: env.ORY_PUBLIC_URL,
    baseOptions: { timeout: 3000, maxRedirects: 0 },
  }),
);

/** What the identity server says of a request. An outage is neither signed in nor signed out. */
export type OrySession =
  | { state: 'signed-in'; identity: Identity }
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
  retries = 1,
): Promise<Failure | { ok: true; body: unknown }> {
  const parameters =
    'token' in credentials ? { xSessionToken: credentials.token } : { cookie: credentials.cookie };
  try {
    return { ok: true, body: (await frontend.toSession(parameters)).data };
  } catch (error) {
    const failure = failureOf(error);
    // A kept-alive connection may have been closed at the other end just as it was used.
    if (retries > 0 && failure.cause === 'ECONNRESET') return whoami(credentials, retries - 1);
    return failure;
  }
}

function signedIn(body: unknown): OrySession {
  const parsed = sessionSchema.safeParse(body);
  if (!parsed.success) return { state: 'outage', cause: 'not a session' };
  if (parsed.data.active === false) return { state: 'anonymous' };
  return { state: 'signed-in', identity: identityOf(parsed.data.identity) };
}

const sessionSchema = z.object({
  active: z.boolean().optional(),
  identity: identitySchema,
});

const aal2 = z.object({
  error: z.object({ id: z.literal('session_aal2_required') }),
  redirect_browser_to: z.string().optional(),
});
