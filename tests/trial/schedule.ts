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
    cap: between(random, 1, 9),
    match: { afterRequests: between(random, 0, 5) },
  }),
  () => ({ kind: 'has-more-false' }),
  () => ({ kind: 'has-more-true' }),
  (random) => ({ kind: 'total', total: between(random, 0, 5) }),
  (random) => ({ kind: 'duplicate-row', ...nth(random) }),
  (random) => ({ kind: 'empty-page', ...nth(random) }),
  (random) => ({ kind: 'ignore-q', ...nth(random) }),
  (random) => ({ kind: 'ignore-order', ...nth(random) }),
  (random) => ({ kind: 'reshuffle', ...nth(random) }),
  (random) => ({ kind: 'revoke-tokens', ...nth(random) }),
  (random) => ({ kind: 'clock', minutes: between(random, -9, 9) }),
];

/** What happens to our own side in one run. */
export type Blow = 'none' | 'database-restart' | 'stop' | 'kill' | 'cancel';

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
    faults: Array.from({ length: count }, () => pick(random, draws)(random)),
    blow: pick<Blow>(random, [
      'none',
      'none',
      'none',
      'database-restart',
      'stop',
      'kill',
      'cancel',
    ]),
    blowAt: between(random, 1, 8),
    restlessness: pick(random, [0, 0, 0.3, 0.8]),
  };
}

function nth(random: Random): { match: { nth: number } } {
  return { match: { nth: between(random, 1, 8) } };
}
