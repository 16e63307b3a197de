/** Going back to one of these after signing in would lead in a circle or nowhere. */
const notDestinations = /^\/(\.ory|login|logout|registration|error)(\/|\?|#|$)/;

// A browser drops tabs and line breaks out of a URL and reads a backslash as a slash.
const unsafe = /[\\\p{Cc}]/u;

/**
 * The path to go on to after signing in. Anything but a path of this site is refused: another
 * origin, `//host`, a backslash, a control character, and the sign-in pages themselves.
 */
export function safeReturnTo(value: string | null | undefined, fallback = '/'): string {
  if (!value || !value.startsWith('/') || value.startsWith('//') || unsafe.test(value)) {
    return fallback;
  }
  const here = 'http://here.invalid';
  if (!URL.canParse(value, here)) return fallback;
  const url = new URL(value, here);
  if (url.origin !== here || notDestinations.test(url.pathname)) return fallback;
  // Dot segments may have left a path that starts with two slashes.
  if (url.pathname.startsWith('//')) return fallback;
  return url.pathname + url.search + url.hash;
}

/** As `safeReturnTo`, for the absolute URL that the identity server keeps in a flow. */
export function returnToUrl(value: string | null | undefined, appUrl: string): string {
  if (!value?.startsWith(`${appUrl}/`)) return safeReturnTo(value);
  return safeReturnTo(value.slice(appUrl.length));
}

/** The address that starts a flow and leads to `path` afterwards; null: to where the flow itself leads. */
export function flowStart(
  flow: 'login' | 'registration' | 'recovery' | 'verification' | 'settings',
  appUrl: string,
  path: string | null,
): string {
  const start = `/.ory/self-service/${flow}/browser`;
  return path === null ? start : `${start}?${new URLSearchParams({ return_to: appUrl + path })}`;
}
