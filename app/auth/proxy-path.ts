/** What of the identity server's public API a browser may reach. */
const allowed = /^\/(self-service|sessions|schemas|\.well-known\/ory|health\/alive)(\/[\w.~-]+)*$/;

/** Segments the public port would answer by pointing at the admin API. */
const refused = new Set(['admin', 'identities', '.', '..']);

/**
 * The path to ask the identity server for, given the raw path behind `/.ory`, or null where it is
 * not for browsers. Judged after percent-decoding, so that `%2e%2e` and `%2f` hide nothing, and
 * what was judged is what is sent.
 */
export function allowedOryPath(raw: string): string | null {
  const path = decode(raw);
  if (path === null || !allowed.test(path)) return null;
  const segments = path.slice(1).split('/');
  return segments.some((segment) => refused.has(segment.toLowerCase())) ? null : path;
}

/** A name that still holds a percent sign after decoding was encoded twice: nobody needs that. */
function decode(raw: string): string | null {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}
