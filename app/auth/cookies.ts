/**
 * The cookies of a request that concern the identity server: its session, its CSRF tokens and its
 * `ory_*` ones. The application's own never leave the house.
 * @returns `header`: a Cookie header of those alone, or null; `session`: whether one of them is the
 * session; `csrf`: whether one is a CSRF token.
 */
export function oryCookies(
  header: string | null,
  sessionCookie: string,
): { header: string | null; session: boolean; csrf: boolean } {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const kept = pairs.filter((pair) => isOryCookie(nameOf(pair), sessionCookie));
  return {
    header: kept.length > 0 ? kept.join('; ') : null,
    session: kept.some((pair) => nameOf(pair) === sessionCookie && valueOf(pair) !== ''),
    csrf: kept.some((pair) => nameOf(pair).startsWith('csrf_token_')),
  };
}

/** The value of the session cookie; null where there is none. */
export function sessionCookieOf(header: string | null, sessionCookie: string): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.filter((pair) => nameOf(pair) === sessionCookie).map(valueOf);
  return values.find(Boolean) ?? null;
}

/** Whether a cookie of this name is the identity server's. */
export function isOryCookie(name: string, sessionCookie: string): boolean {
  return name === sessionCookie || name.startsWith('ory_') || name.startsWith('csrf_token_');
}

/**
 * A Set-Cookie line of the identity server for a browser at `host`. Ory Network names its own domain,
 * which a browser would refuse; without one the cookie belongs to `host` alone.
 */
export function cookieFor(host: string, line: string): string {
  const parts = line.split(';').map((part) => part.trim());
  return parts.filter((part) => !isForeignDomain(part, host)).join('; ');
}

function isForeignDomain(part: string, host: string): boolean {
  if (nameOf(part).toLowerCase() !== 'domain') return false;
  const domain = valueOf(part).toLowerCase().replace(/^\./, '');
  return host !== domain && !host.endsWith(`.${domain}`);
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0]?.trim() ?? '';
}

function valueOf(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1).trim();
}
