/**
 * The page of an opportunity. People know its number, so the URL carries that; where there is none, or
 * one that no URL can carry, the CRM's id stands in as `id-300000123456789`.
 */
export function opportunityPath(opportunity: {
  remoteNumber: string | null;
  remoteId: string;
}): string {
  const { remoteNumber, remoteId } = opportunity;
  const unusable = remoteNumber === null || /^\.{0,2}$/.test(remoteNumber);
  return `/opportunities/${encodeURIComponent(unusable ? `id-${remoteId}` : remoteNumber)}`;
}

/**
 * The number in the path of an opportunity or of a page below it, decoded once: a router decodes `%252F`
 * down to a slash, which is another number. Null where it is no valid encoding.
 */
export function numberOf(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname.split('/')[2] ?? '');
  } catch {
    return null;
  }
}

/** The CRM's id in the stand-in for a number; null where the text is a number. */
export function remoteIdOf(number: string): bigint | null {
  const digits = /^id-(\d{1,18})$/.exec(number)?.[1];
  return digits ? BigInt(digits) : null;
}
