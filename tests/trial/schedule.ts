import type { Fault } from '#dev/crm/server.ts';
import { between, pick, type Random } from '#dev/crm/random.ts';

/** What may go wrong on the CRM's side in one run, each drawn with where it strikes. */
const draws: ((random: Random) => Fault)[] = [
  (random) => ({
    kind: 'too-many-requests',
    retryAfter: pick(random, [0, 'date'] as const),
    seconds: 0,
    ...nth(random),
  }),
  (random) => ({ kind: 'too-many-requests', times: between(random, 1, 4) }),
  (random) => ({
    kind: 'status',
    status: pick(random, [500, 502, 503, 504]),
    times: between(random, 1, 9),
  }),
  (random) => ({ kind: 'unauthorized', ...nth(random) }),
  (random) => ({ kind: 'redirect', ...nth(random) }),
  (random) => ({ kind: 'html', ...nth(random) }),
  (random) => ({ kind: 'html', match: { afterRequests: between(random, 0, 6) } }),
  (random) => ({ kind: 'truncated', ...nth(random) }),
  (random) => ({ kind: 'truncated', match: { afterRequests: between(random, 0, 6) } }),
  (random) => ({ kind: 'cut', ...nth(random) }),
  (random) => ({ kind: 'reset', ...nth(random) }),
  (random) => ({ kind: 'hang', ...nth(random) }),
  (random) => ({ kind: 'drip', bytes: 4000, delayMs: 1, ...nth(random) }),
  (random) => ({
    kind: 'cap',
    cap: between(random, 2, 9),
    match: { afterRequests: between(random, 0, 5) },
  }),
  () => ({ kind: 'has-more-false' }),
  () => ({ kind: 'has-more-true' }),
  (random) => ({ kind: 'total', total: between(random, 0, 5) }),
  (random) => ({ kind: 'duplicate-row', ...nth(random) }),
  (random) => ({ kind: 'empty-page', ...nth(random) }),
  // What strikes several times in a row fools whoever only asks twice.
  (random) => ({ kind: 'empty-page', times: between(random, 2, 4), ...after(random) }),
  (random) => ({ kind: 'empty-page', times: between(random, 2, 4), ...after(random) }),
  (random) => ({ kind: 'empty-page', ...after(random) }),
  (random) => ({ kind: pick(random, misread), times: between(random, 1, 5), ...after(random) }),
  (random) => ({ kind: pick(random, misread), times: between(random, 1, 2), ...after(random) }),
  (random) => ({ kind: 'count', count: between(random, 0, 40), ...nth(random) }),
  (random) => ({ kind: 'ignore-bound', bound: pick(random, ['above', 'since']), ...nth(random) }),
  (random) => ({ kind: 'descending', ...nth(random) }),
  (random) => ({ kind: 'gzip-broken', ...nth(random) }),
  (random) => ({ kind: 'broken-bytes', ...nth(random) }),
  (random) => ({ kind: 'content-type', ...after(random) }),
  (random) => ({ kind: 'mass-update', rows: between(random, 5, 60), ...nth(random) }),
  (random) => ({ kind: 'evolve', steps: 4, times: 3, ...after(random) }),
  (random) => ({ kind: 'commit-lag', seconds: pick(random, [0.02, 0.3, 60]) }),
  () => ({ kind: 'status', status: 404, match: { resource: 'record' } }),
  (random) => ({ kind: pick(random, misread), match: { resource: 'record' } }),
  (random) => ({ kind: pick(random, misread), match: { resource: 'describe' } }),
  (random) => ({
    kind: 'missing-attribute',
    attribute: pick(random, ['Practice_c', 'WinProb', 'StatusCode', 'Revenue']),
    ...after(random),
  }),
  (random) => ({
    kind: 'missing-attribute',
    attribute: pick(random, ['Practice_c', 'WinProb', 'StatusCode', 'Revenue']),
    match: { resource: 'page', afterRequests: between(random, 0, 4) },
  }),
  (random) => ({ kind: 'ignore-q', ...nth(random) }),
  (random) => ({ kind: 'ignore-order', ...nth(random) }),
  (random) => ({ kind: 'reshuffle', ...nth(random) }),
  (random) => ({ kind: 'revoke-tokens', ...nth(random) }),
  (random) => ({ kind: 'clock', minutes: between(random, -9, 9) }),
];

/** Answers that are easily taken for something they are not. */
const misread = [
  'blank',
  'error-with-200',
  'no-items',
  'empty-claim',
  'list-cut',
  'list-closed',
  'wrong-closing',
  'hole',
  'items-twice',
  'twice-on-page',
  'duplicate-keys',
  'numbers-as-text',
] as const;

/** What happens to our own side in one run. */
export type Blow =
  'none' | 'database-restart' | 'stop' | 'kill' | 'cancel' | 'rival' | 'broken-connection';

export interface RoundPlan {
  mode: 'FULL' | 'INCREMENTAL';
  faults: Fault[];
  blow: Blow;
  /** The blow falls before this request for a page, counted from 1. */
  blowAt: number;
  /** Chance that the CRM changes before a page is asked for. */
  restlessness: number;
}

/** A round drawn from the seed: the same seed draws the same round again. */
export function drawRound(random: Random): RoundPlan {
  const count = pick(random, [0, 1, 1, 2, 3]);
  return {
    mode: random() < 0.5 ? 'FULL' : 'INCREMENTAL',
    faults: telling(Array.from({ length: count }, () => pick(random, draws)(random))),
    blow: pick<Blow>(random, [
      'none',
      'none',
      'none',
      'database-restart',
      'stop',
      'kill',
      'cancel',
      'rival',
      'broken-connection',
      'broken-connection',
    ]),
    blowAt: between(random, 1, 8),
    restlessness: pick(random, [0, 0, 0.3, 0.8]),
  };
}

/** Of two or three rows in a wrong order none may show that it is wrong; no client could tell. */
function telling(faults: Fault[]): Fault[] {
  const disordered = faults.some(({ kind }) => /order|descending|reshuffle/.test(kind));
  return disordered ? faults.filter(({ kind }) => kind !== 'cap') : faults;
}

function after(random: Random): { match: { afterRequests: number } } {
  return { match: { afterRequests: between(random, 0, 7) } };
}

function nth(random: Random): { match: { nth: number } } {
  return { match: { nth: between(random, 1, 8) } };
}
