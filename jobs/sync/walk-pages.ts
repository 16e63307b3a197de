import type { PoolClient } from 'pg';
import { deltaSince } from '#app/domain/sync.ts';
import type { OracleClient, OraclePage } from '#jobs/oracle/client.ts';
import { opportunityPages } from '#jobs/oracle/pages.ts';
import { applyPage, type MappedPage, type Standing } from './apply-page.ts';
import { openFingerprints } from './quarantine.ts';
import { addCounts, noCounts, RunCancelled, type LeasedRun } from './run.ts';
import type { SyncParts, Work } from './work.ts';

/**
 * Commits every page, in order, though the database works on two at a time: while one is flushed the
 * next is written. Returns the CRM's clock minus ours, as the first answer tells it.
 */
export async function walkPages({ parts, run, connections, signal }: Work): Promise<number | null> {
  const standing = await readStanding(connections[0]!, run);
  const place = { after: run.cursor ?? 0n, since: sinceOf(run), signal };
  const atWork = connections.map(() => Promise.resolve());
  let from = place.after;
  let counts = noCounts;
  let clockSkewMs: number | null = null;
  let turn = Promise.resolve();
  let pages = 0;
  const apply = async (connection: PoolClient, page: MappedPage, before: Promise<void>) => {
    const applied = await applyPage(connection, run, page, standing, before);
    run.cursor = page.cursor;
    counts = addCounts(counts, applied.counts);
    parts.onProgress?.(counts);
    if (applied.cancelRequested) throw new RunCancelled('Cancelled by a person.');
  };
  try {
    for await (const page of opportunityPages(mappedPages(parts), place)) {
      clockSkewMs ??= skewOf(page);
      const lane = pages++ % connections.length;
      await atWork[lane];
      signal.throwIfAborted();
      turn = apply(connections[lane]!, { records: page.mapped, from, cursor: page.cursor }, turn);
      // Its failure is met when the lane is needed again, or at the end.
      turn.catch(() => undefined);
      atWork[lane] = turn;
      from = page.cursor;
    }
    await turn;
    return clockSkewMs;
  } finally {
    await Promise.allSettled(atWork);
  }
}

function sinceOf(run: LeasedRun): Date | null {
  if (run.syncType === 'FULL' || !run.watermarkFrom) return null;
  return deltaSince(run.watermarkFrom);
}

/** Maps a page as soon as it comes, while the database still works on the one before. */
function mappedPages({ client, map }: SyncParts) {
  return {
    async page(...query: Parameters<OracleClient['page']>) {
      const page = await client.page(...query);
      return { ...page, mapped: page.records.map(map) };
    },
  };
}

function skewOf(page: OraclePage): number | null {
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
