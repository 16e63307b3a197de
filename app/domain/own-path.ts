/** Where a notice leads that names no usable page. */
const inbox = '/notifications';

// A browser drops control characters out of a URL, reads a backslash as a slash, and two slashes, also
// those that dot segments leave behind, as another host.
const elsewhere = /^(?!\/)|[\\\p{Cc}]|^[^?#]*(\/\/|\/\.{1,2}(\/|$|[?#]))/u;

/** The path of a notice if it can only be a page of this site, else the inbox. */
export function ownPath(path: string): string {
  return elsewhere.test(path) ? inbox : path;
}
