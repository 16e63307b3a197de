import { touches, type RankedChange, type Touch } from './change-rank.ts';

/** The lists of a run's page. What moved is what changed, went or came back. */
export const changeSections = [
  'moved',
  'changed',
  'gone',
  'reappeared',
  'new',
  'closed',
  'reopened',
] as const;
export type ChangeSection = (typeof changeSections)[number];

/** What a run's page is asked for. */
export interface ChangeQuery {
  /** Null: what moved, or else what is new. */
  show: ChangeSection | null;
  /** Null: whatever is touched; `stale`: only where the run made an assessment stale. */
  touch: Touch | 'stale' | null;
  /** The last row of the page before. */
  after: RankedChange | null;
}

export type ParsedChangeQuery = { ok: true; query: ChangeQuery } | { ok: false; message: string };

/** Reads `show`, `touch` and `after` of an address; the message is for a person. */
export function parseChangeQuery(params: URLSearchParams): ParsedChangeQuery {
  const [show, touch, after] = ['show', 'touch', 'after'].map((name) => params.get(name) || null);
  const section = changeSections.find((each) => each === show);
  if (show && !section) return { ok: false, message: 'A run has no such list of changes.' };
  const touched = [...touches.map(({ key }) => key), 'stale' as const].find((k) => k === touch);
  if (touch && !touched) return { ok: false, message: 'There is no such kind of opportunity.' };
  const place = after ? parseChangePlace(after) : null;
  if (after && !place) return { ok: false, message: 'There is no such page of changes.' };
  return { ok: true, query: { show: section ?? null, touch: touched ?? null, after: place } };
}

/** A place in a list of changes as it stands in an address. */
function formatChangePlace({ rank, stale, precedence, id }: RankedChange): string {
  return [rank, stale ? 1 : 0, precedence, id].join('.');
}

/** Reads what `formatChangePlace` wrote; null for anything else. */
function parseChangePlace(text: string): RankedChange | null {
  const match = /^(\d)\.([01])\.(\d{1,2})\.(\d{1,18})$/.exec(text);
  if (!match) return null;
  const [, rank, stale, precedence, id = ''] = match;
  return { rank: Number(rank), stale: stale === '1', precedence: Number(precedence), id };
}

/** The address of a list of a run's changes. */
export function changesAddress(
  runId: string,
  { show, touch, after }: Partial<ChangeQuery>,
): string {
  const params = new URLSearchParams();
  if (show) params.set('show', show);
  if (touch) params.set('touch', touch);
  if (after) params.set('after', formatChangePlace(after));
  return `/sync/runs/${runId}${params.size > 0 ? `?${params}` : ''}`;
}

/** The run an address names; null where it can be none. */
export function runIdOf(text: string | undefined): bigint | null {
  return text && /^\d{1,18}$/.test(text) ? BigInt(text) : null;
}
