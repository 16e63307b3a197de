import type { OracleClient, OraclePage } from './client.ts';
import { OracleError } from './errors.ts';

export interface Walk {
  /** Where to go on: 0 at the beginning, else the cursor of the last page committed. */
  after: bigint;
  /** The last OptyId wanted; absent or null: all to the end. The page that passes it is the last. */
  upTo?: bigint | null;
  /** Delta: only what changed since then (read generously). Null: everything. */
  since: Date | null;
  signal: AbortSignal;
}

/** The client, or something that works on its pages as soon as they come. */
export interface PageSource<Page extends OraclePage> {
  page(...query: Parameters<OracleClient['page']>): Promise<Page>;
}

/**
 * All opportunities in the order of OptyId, page after page, the next one fetched while the last is
 * worked on. Ends at a confirmed empty page, or past `upTo`, and at nothing else: `hasMore` and totals are
 * known to lie. Throws OracleError.
 */
export async function* opportunityPages<Page extends OraclePage>(
  client: PageSource<Page>,
  walk: Walk,
): AsyncGenerator<Page> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(walk.signal.reason);
  walk.signal.addEventListener('abort', stop, { once: true });
  let last: Page | null = null;
  const fetchFrom = (after: bigint, offset: number) => {
    // Short of `upTo` something is left as well: that row was there when the walk was divided.
    const promised = last?.hasMore === true || typeof walk.upTo === 'bigint';
    const place = { after, offset, since: walk.since, promised };
    const page = client.page(place, stopping.signal);
    // Its failure is met when the page is asked for; until then it must not end the process.
    page.catch(() => undefined);
    return page;
  };
  try {
    walk.signal.throwIfAborted();
    let cursor = walk.after;
    let offset = 0;
    let ended = false;
    let coming = fetchFrom(cursor, offset);
    for (;;) {
      const page = await coming;
      if (page.records.length === 0) {
        if (ended) return;
        // A glitch that reads as the end would make everything after it look gone: it must say so twice.
        ended = true;
        coming = fetchFrom(cursor, offset);
        continue;
      }
      ended = false;
      // Records without a usable OptyId cannot be walked past by their id, only by their number.
      offset = page.cursor === cursor ? offset + page.records.length : 0;
      if (offset > 0) refuseRepetition(page, last);
      cursor = page.cursor;
      last = page;
      if (isPast(cursor, walk)) {
        yield page;
        return;
      }
      coming = fetchFrom(cursor, offset);
      yield page;
    }
  } finally {
    walk.signal.removeEventListener('abort', stop);
    stopping.abort();
  }
}

function isPast(cursor: bigint, { upTo }: Walk): boolean {
  return typeof upTo === 'bigint' && cursor >= upTo;
}

function refuseRepetition(page: OraclePage, last: OraclePage | null): void {
  const same = page.records.every(({ text }, index) => text === last?.records[index]?.text);
  if (!same) return;
  throw new OracleError(
    'unexpected-body',
    'The CRM keeps sending the same records, none of them with a usable OptyId.',
  );
}
