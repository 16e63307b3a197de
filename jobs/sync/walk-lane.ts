import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { lowestCursor, type Lane } from '#app/domain/lanes.ts';
import type { OraclePage } from '#jobs/oracle/client.ts';
import type { SentRecord } from '#jobs/oracle/json.ts';
import { optyIdOf } from '#jobs/oracle/map.ts';
import { opportunityPages } from '#jobs/oracle/pages.ts';
import { applyPage, type MappedPage, type Standing } from './apply-page.ts';
import { RunCancelled, type LeasedRun, type PageCounts } from './run.ts';
import type { PageWatch } from './watch-page.ts';
import type { SyncParts } from './work.ts';

/** What the lanes of a walk share. */
export interface Walk {
  parts: SyncParts;
  run: LeasedRun;
  lanes: Lane[];
  standing: Standing;
  window: { since: Date | null; until: Date | null };
  /** Looks at a page before it is applied. Throws RunHeld. */
  watch: PageWatch;
  signal: AbortSignal;
  onPage(page: OraclePage): void;
  onCommit(counts: PageCounts): void;
}

/**
 * Commits every page of a lane, in order. With two connections the database works on two at a time:
 * while one is flushed the next is written.
 */
export async function walkLane(
  walk: Walk,
  at: number,
  connections: readonly PoolClient[],
): Promise<void> {
  const { cursor: after, upTo } = walk.lanes[at]!;
  const committing = connections.map(() => Promise.resolve());
  let from = after;
  let turn = Promise.resolve();
  let pages = 0;
  const commit = async (page: Omit<MappedPage, 'from' | 'lane'>, done: boolean) => {
    const slot = pages++ % connections.length;
    await committing[slot];
    walk.signal.throwIfAborted();
    turn = apply(walk, connections[slot]!, { ...page, from, lane: { at, done } }, turn);
    // Its failure is met when the connection is needed again, or at the end.
    turn.catch(() => undefined);
    committing[slot] = turn;
    from = page.cursor;
  };
  try {
    const { parts, window, signal } = walk;
    const place = { after, upTo, ...window, signal };
    for await (const page of opportunityPages(parts.client, place)) {
      walk.onPage(page);
      const ends = upTo !== null && page.cursor >= upTo;
      const sent = ends ? upToEnd(page.records, upTo) : page.records;
      // Mapped only once the next page is really asked for, while the database works on the one before.
      await turnOfTheLoop();
      const records = sent.map(parts.map);
      await walk.watch(records);
      await commit({ records, cursor: ends ? upTo : page.cursor }, ends);
    }
    // The CRM has nothing more for this lane, whose end nobody has passed: what we have there is missing.
    if (upTo !== null && from < upTo) await commit({ records: [], cursor: upTo }, true);
    await turn;
  } finally {
    await Promise.allSettled(committing);
  }
}

async function apply(
  { run, lanes, standing, onCommit }: Walk,
  connection: PoolClient,
  page: MappedPage & Required<Pick<MappedPage, 'lane'>>,
  before: Promise<void>,
): Promise<void> {
  const applied = await applyPage(connection, run, page, standing, before);
  const lane = lanes[page.lane.at]!;
  lane.cursor = page.cursor;
  lane.done = page.lane.done;
  run.cursor = lowestCursor(lanes);
  onCommit(applied.counts);
  if (applied.cancelRequested) throw new RunCancelled('Cancelled by a person.');
}

/** What of a page lies before the first record above the end: the next lane meets the others. */
function upToEnd(records: SentRecord[], upTo: bigint): SentRecord[] {
  const beyond = records.findIndex((record) => (optyIdOf(record) ?? 0n) > upTo);
  return beyond < 0 ? records : records.slice(0, beyond);
}
