import type { PoolClient } from 'pg';
import { dayAfter } from '#app/domain/day.ts';
import { deltaSince } from '#app/domain/sync.ts';
import type { OraclePage } from '#jobs/oracle/client.ts';
import type { Standing } from './apply-page.ts';
import { planLanes } from './lanes.ts';
import { openFingerprints } from './quarantine.ts';
import { addCounts, noCounts, type LeasedRun } from './run.ts';
import { walkLane } from './walk-lane.ts';
import { createPageWatch } from './watch-page.ts';
import type { Work } from './work.ts';

/**
 * Commits every page, going through several key ranges side by side where the run is divided into such
 * lanes. Returns the CRM's clock minus ours, as the first answer tells it.
 */
export async function walkPages(work: Work): Promise<number | null> {
  const { parts, run, connections } = work;
  const standing = await readStanding(connections[0]!, run);
  const lanes = await planLanes(work);
  const waiting = [...lanes.keys()].filter((at) => !lanes[at]!.done);
  let counts = noCounts;
  let clockSkewMs: number | null = null;
  const walk = {
    parts,
    run,
    lanes,
    standing,
    window: windowOf(run),
    watch: createPageWatch(work),
    onPage: (page: OraclePage) => (clockSkewMs ??= skewOf(page)),
    onCommit(added: typeof noCounts) {
      counts = addCounts(counts, added);
      parts.onProgress?.(counts);
    },
  };
  const walkers = Math.min(waiting.length, parts.concurrency ?? 1);
  await sideBySide(work.signal, dealt(connections, walkers), async (own, signal) => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      await walkLane({ ...walk, signal }, at, own);
    }
  });
  return clockSkewMs;
}

/** Does something with each part at once. The first that fails ends the others, and is what is thrown. */
async function sideBySide<Part>(
  signal: AbortSignal,
  parts: Part[],
  work: (part: Part, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const settled = parts.map((part) =>
      work(part, stopping.signal).catch((error: unknown) => stopping.abort(error)),
    );
    await Promise.all(settled);
    stopping.signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The connections in as many hands. */
function dealt(connections: PoolClient[], hands: number): PoolClient[][] {
  return Array.from({ length: hands }, (_, hand) =>
    connections.filter((_connection, at) => at % hands === hand),
  );
}

/** What of the CRM the run asks for, by when it was last changed there. */
export function windowOf(run: LeasedRun): { since: Date | null; until: Date | null } {
  if (run.range) return { since: new Date(run.range.from), until: dayAfter(run.range.to) };
  const delta = run.syncType === 'INCREMENTAL' && run.watermarkFrom;
  return { since: delta ? deltaSince(delta) : null, until: null };
}

export function skewOf(page: OraclePage): number | null {
  return page.serverDate ? page.serverDate.getTime() - Date.now() : null;
}

async function readStanding(connection: PoolClient, run: LeasedRun): Promise<Standing> {
  const held = await connection.query<{ id: string }>(
    `SELECT id FROM sync_logs WHERE status = 'HELD' AND id <> $1`,
    [run.id],
  );
  const highest = await connection.query<{ id: string | null }>(
    'SELECT max(remote_id) AS id FROM opportunities',
  );
  const missing = await connection.query<{ id: string }>(
    `SELECT o.remote_id AS id FROM missing_opportunities m JOIN opportunities o ON o.id = m.opportunity_id`,
  );
  return {
    missing: new Set(missing.rows.map((row) => row.id)),
    highestKnown: BigInt(highest.rows[0]!.id ?? 0),
    ...(await openFingerprints(connection, run.id)),
    heldRuns: held.rows.map((row) => row.id),
  };
}
