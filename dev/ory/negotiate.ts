/** Whether a client wants JSON or a redirect. Kratos decides this in two ways, so there are two. */

interface Preference {
  type: string;
  quality: number;
}

function preferences(accept: string): Preference[] {
  return accept
    .split(',')
    .map((entry) => {
      const [type = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter(({ type, quality }) => type !== '' && quality > 0);
}

/** 2 for the type itself, 1 for `text/*`, 0 for anything, undefined for no match. */
function closeness(offer: string, wanted: string): number | undefined {
  if (wanted === '*/*') return 0;
  if (wanted.endsWith('/*')) return offer.startsWith(wanted.slice(0, -1)) ? 1 : undefined;
  return offer === wanted ? 2 : undefined;
}

/** The offer the client likes best: by quality, then by closeness, then by the order offered. */
function negotiate(accept: string | undefined, offers: string[]): string {
  let best = { offer: offers[0] ?? '', quality: -1, close: -1 };
  for (const offer of offers) {
    for (const { type, quality } of preferences(accept ?? '')) {
      const close = closeness(offer, type);
      if (close === undefined || quality < best.quality) continue;
      if (quality > best.quality || close > best.close) best = { offer, quality, close };
    }
  }
  return best.offer;
}

/**
 * Whether a submission is answered in JSON: by its Accept header, or by a body that is exactly
 * `application/json` (a charset parameter defeats that, as it does in Kratos).
 */
export function isJsonRequest(
  accept: string | undefined,
  contentType: string | undefined,
): boolean {
  if (contentType === 'application/json') return true;
  const offers = ['text/html', 'text/*', '*/*', 'application/json'];
  return negotiate(accept, offers) === 'application/json';
}

/** Whether a flow just begun is answered in JSON rather than by a redirect to its page. */
export function acceptsJson(accept: string | undefined): boolean {
  return negotiate(accept, ['text/html', 'application/json']) === 'application/json';
}
