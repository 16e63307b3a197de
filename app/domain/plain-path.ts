/** One page has several spellings, and its data has the address of the page. */
export function plainPath(path: string): string {
  return (
    decoded(path)
      .toLowerCase()
      .replace(/(\.data)?\/*$/, '') || '/'
  );
}

/** Whether an address is one of the API, in whatever spelling: routing minds neither case nor encoding. */
export function isApiPath(path: string): boolean {
  // Taken apart before it is decoded, as routing does it: an encoded slash separates nothing.
  return decoded(path.split('/', 2)[1] ?? '').toLowerCase() === 'api';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Such a path belongs to no page.
    return path;
  }
}
