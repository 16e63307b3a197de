import type { OracleClient, OraclePage } from './client.ts';
import { OracleError } from './errors.ts';

export interface Walk {
  /** Where to go on: 0 at the beginning, else the cursor of the last page committed. */
  after: bigint;
  /** The last OptyId wanted; absent or null: all to the end. The page that passes it is the last. */
  upTo?: bigint | null;
  /** Delta: only what changed since then (read generously). Null: everything. */
  since: Date | null;
  /** Backfill: only what changed before then, read as generously. */
  until?: Date | null;
  signal: AbortSignal;
}

/** What of the client a walk needs. */
export type PageSource = Pick<OracleClient, 'page'>;

/** How often an end is asked for again that something speaks against. */
const mostDoubts = 3;

/**
 * All opportunities in the order of OptyId, page after page, the next one fetched while the last is
 * worked on. Ends past `upTo`, or at a confirmed empty page, and at nothing else: `hasMore` and totals are
 * known to lie. Throws OracleError.
 */
export async function* opportunityPages(
  client: PageSource,
  walk: Walk,
): AsyncGenerator<OraclePage> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(walk.signal.reason);
  walk.signal.addEventListener('abort', stop, { once: true });
  const fetchFrom = (after: bigint, offset: number) => {
    const page = client.page(
      { after, offset, since: walk.since, until: walk.until },
      stopping.signal,
    );
    // Its failure is met when the page is asked for; until then it must not end the process.
    page.catch(() => undefined);
    return page;
  };
  const confirmed = endJudge(walk, fetchFrom);
  try {
    walk.signal.throwIfAborted();
    let cursor = walk.after;
    let offset = 0;
    let last: OraclePage | null = null;
    let coming = fetchFrom(cursor, offset);
    for (;;) {
      const page = await coming;
      if (page.records.length === 0) {
        if (await confirmed({ cursor, offset, last })) return;
        coming = fetchFrom(cursor, offset);
        continue;
      }
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

interface Reached {
  cursor: bigint;
  offset: number;
  last: OraclePage | null;
}

/**
 * Judges an empty page. A glitch that reads as the end would make everything after it look gone, so the
 * CRM is asked once more from just before the last record: it must send that one, and nothing else.
 */
function endJudge(
  walk: Walk,
  fetchFrom: (after: bigint, offset: number) => Promise<OraclePage>,
): (reached: Reached) => Promise<boolean> {
  let doubtful: bigint | null = null;
  let doubts = 0;
  return async ({ cursor, offset, last }) => {
    const hasWitness = cursor > 0n && offset === 0;
    const page = await fetchFrom(hasWitness ? cursor - 1n : cursor, offset);
    const isEmpty = page.records.length === 0;
    if (!isEmpty && hasWitness && page.cursor === cursor) return true;
    const wasToFollow = (last ?? page).hasMore === true || typeof walk.upTo === 'bigint';
    if (isEmpty && !hasWitness && !wasToFollow) return true;
    doubts = doubtful === cursor ? doubts + 1 : 1;
    doubtful = cursor;
    if (doubts <= mostDoubts) return false;
    // The witness may really have gone; then it counts whether anything was to follow. Where nothing has been
    // read, what is missing is for whoever settles the walk to judge, unless the empty page itself objects.
    const follows = last ? wasToFollow : cursor > 0n && page.hasMore === true;
    if (isEmpty && !follows) return true;
    throw new OracleError(
      'unexpected-body',
      `The CRM sends nothing after OptyId ${cursor}, though by its own word more follows.`,
    );
  };
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
