/** The id of a row in an address or a form; null where it is none. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{1,18}$/.test(value) ? value : null;
}

/** The revision a form was made on; null where it is none. */
export function revisionOf(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
