/** Paths of the admin API work without `/admin` too; this is the whole one. */
export const adminPath = (path: string) =>
  /^\/(identities|sessions|recovery|courier)(\/|$)/.test(path) ? `/admin${path}` : path;
