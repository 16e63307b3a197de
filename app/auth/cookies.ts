/** What a cookie may hold, by RFC 6265. A quoted value is not among it: it would be a second spelling. */
const legalValue = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/**
 * The cookies of a request that concern the identity server: its session, its CSRF tokens and its
 * `ory_*` ones. The application's own never leave the house. Of several sessions the first is kept alone,
 * so that whoever reads them means the same one.
 * @returns `header`: a Cookie header of those alone, or null; `session`: whether one of them is the
 * session; `csrf`: whether one is a CSRF token.
 */
export function oryCookies(
  header: string | null,
  sessionCookie: string,
): { header: string | null; session: boolean; csrf: boolean } {
  const pairs = pairsOf(header);
  const session = sessionAt(pairs, sessionCookie);
  const kept = pairs.filter((pair, at) =>
    nameOf(pair) === sessionCookie ? at === session : isOryCookie(nameOf(pair), sessionCookie),
  );
  return {
    header: kept.length > 0 ? kept.join('; ') : null,
    session: session >= 0,
    csrf: kept.some((pair) => nameOf(pair).startsWith('csrf_token_')),
  };
}

/** The value of the session cookie that `oryCookies` keeps; null where there is none. */
export function sessionCookieOf(header: string | null, sessionCookie: string): string | null {
  const pairs = pairsOf(header);
  const pair = pairs[sessionAt(pairs, sessionCookie)];
  return pair === undefined ? null : valueOf(pair);
}

function sessionAt(pairs: readonly string[], sessionCookie: string): number {
  return pairs.findIndex(
    (pair) => nameOf(pair) === sessionCookie && legalValue.test(valueOf(pair)),
  );
}

function pairsOf(header: string | null): string[] {
  return (header ?? '').split(';').map((pair) => pair.trim());
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
  const at = pair.indexOf('=');
  return at < 0 ? '' : pair.slice(at + 1).trim();
}
