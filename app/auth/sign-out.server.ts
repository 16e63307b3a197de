import { z } from 'zod';
import { env } from '#app/lib/env.server.ts';
import { oryCookies } from './cookies.ts';
import { bounded, failureOf, frontend } from './ory.server.ts';
import { forgetSession } from './session-memo.server.ts';

const started = z.object({ logout_token: z.string().min(1) });

/**
 * The path that ends this browser's session when it is visited; null where there is none to end,
 * 'outage' while the identity server is out of reach.
 */
export async function signOutPath(request: Request): Promise<string | null | 'outage'> {
  const cookies = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  if (!cookies.session || !cookies.header) return null;
  forgetSession(request);
  try {
    const { data } = await frontend.createBrowserLogoutFlow({ cookie: cookies.header }, bounded());
    const flow = started.safeParse(data);
    if (!flow.success) return 'outage';
    const token = new URLSearchParams({ token: flow.data.logout_token });
    return `/.ory/self-service/logout?${token}`;
  } catch (error) {
    return failureOf(error).status === 401 ? null : 'outage';
  }
}
