import { env } from '#app/lib/env.server.ts';
import { oryCookies } from './cookies.ts';
import { failureOf, frontend } from './ory.server.ts';
import { forgetSession } from './session-memo.server.ts';

/**
 * The path that ends this browser's session when it is visited; null where there is none to end,
 * 'outage' while the identity server is out of reach.
 */
export async function signOutPath(request: Request): Promise<string | null | 'outage'> {
  const cookies = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  if (!cookies.session || !cookies.header) return null;
  forgetSession(request);
  try {
    const { data } = await frontend.createBrowserLogoutFlow({ cookie: cookies.header });
    const token = new URLSearchParams({ token: data.logout_token });
    return `/.ory/self-service/logout?${token}`;
  } catch (error) {
    return failureOf(error).status === 401 ? null : 'outage';
  }
}
