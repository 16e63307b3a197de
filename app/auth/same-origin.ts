/** The names by which a machine calls itself. */
export const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Whether a request that changes something comes from a page of another site. Browsers say so in
 * Sec-Fetch-Site, older ones in Origin; programs send neither and no one else's cookies.
 */
export function isCrossSite(headers: Headers, appUrl: string): boolean {
  const site = headers.get('Sec-Fetch-Site');
  if (site && site !== 'same-origin' && site !== 'none') return true;
  const origin = headers.get('Origin');
  if (!origin) return false;
  if (!URL.canParse(origin)) return true;
  return new URL(origin).origin !== new URL(appUrl).origin && !matchesHost(origin, headers);
}

/** One machine has several names (localhost, 127.0.0.1); the cookie belongs to the one in use. */
function matchesHost(origin: string, headers: Headers): boolean {
  const { host, hostname } = new URL(origin);
  return loopback.test(hostname) && host === headers.get('Host');
}
