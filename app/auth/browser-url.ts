import { allowedOryPath } from './proxy-path.ts';

/** Where the identity server's public API is for BQS, and where BQS is for a browser. */
interface Places {
  publicUrl: string;
  appUrl: string;
}

/**
 * The URL under which a browser gets what the identity server points at; null where that is outside
 * BQS. A server that does not know of BQS, as Ory Network does not, points at itself: that becomes
 * the same path under `/.ory` where a browser may ask for it, and nothing else does.
 */
export function browserUrl(value: string, { publicUrl, appUrl }: Places): string | null {
  if (!URL.canParse(value, appUrl)) return null;
  const target = new URL(value, appUrl);
  if (target.origin === new URL(appUrl).origin) return target.href;
  const own = new URL(publicUrl);
  const base = own.pathname.replace(/\/+$/, '');
  if (target.origin !== own.origin || !target.pathname.startsWith(`${base}/`)) return null;
  const path = allowedOryPath(target.pathname.slice(base.length));
  return path === null ? null : `${appUrl}/.ory${path}${target.search}`;
}
