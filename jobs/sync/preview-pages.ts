import type { PoolClient } from 'pg';
import { reasonToHold } from '#app/domain/sync.ts';
import { mostListed } from '#app/domain/sync-preview.ts';
import { opportunityPages } from '#jobs/oracle/pages.ts';
import { previewPage } from './preview-page.ts';
import { readPreviewState, save, type PreviewState } from './preview-state.ts';
import { listMissed, spareRefused, sumUpCopy } from './preview-statements.ts';
import { addCounts, noCounts, RunCancelled, type LeasedRun } from './run.ts';
import { noteMissing } from './statements.ts';
import { skewOf, windowOf } from './walk-pages.ts';
import type { Work } from './work.ts';

/**
 * Reads the pages as the real run would and keeps what they would change: page by page, to be taken over
 * at its cursor like any run. Writes no opportunity. New, updated and failed stay 0 in sync_logs, which
 * counts there what was written; what was read is what is unchanged and what the preview counts.
 */
export async function previewPages({
  parts,
  run,
  connections,
  signal,
}: Work): Promise<number | null> {
  const connection = connections[0]!;
  const state = await readPreviewState(connection, run);
  const place = { after: run.cursor ?? 0n, ...windowOf(run), signal };
  let from = place.after;
  let counts = noCounts;
  let clockSkewMs: number | null = null;
  for await (const page of opportunityPages(parts.client, place)) {
    clockSkewMs ??= skewOf(page);
    signal.throwIfAborted();
    const mapped = { records: page.records.map(parts.map), from, cursor: page.cursor };
    const previewed = await previewPage(connection, run, mapped, state);
    run.cursor = from = page.cursor;
    counts = addCounts(counts, previewed.counts);
    parts.onProgress?.(counts);
    if (previewed.cancelRequested) throw new RunCancelled('Cancelled by a person.');
  }
  await settlePreview(connection, run, state);
  return clockSkewMs;
}

/** What can be told only at the end: what a sweep did not see, and the copy's side of the sums. */
async function settlePreview(client: PoolClient, run: LeasedRun, { preview }: PreviewState) {
  // Another worker may have come this far before it died.
  if (preview.settled || run.syncType !== 'FULL') return;
  await client.query('BEGIN');
  try {
    const { totalFetched } = await save(
      client,
      run,
      { ...standstill, cursor: run.cursor },
      preview,
    );
    await client.query(noteMissing, [run.id, (run.cursor ?? 0n).toString(), null, []]);
    await client.query(spareRefused, [run.id]);
    const { rows } = await client.query<{ missing: number; live: number }>(listMissed, [
      run.id,
      mostListed.MISSING,
    ]);
    const { missing, live } = rows[0]!;
    await client.query('DELETE FROM sync_missing WHERE sync_log_id = $1', [run.id]);
    if (run.purpose === 'RECONCILE') await client.query(sumUpCopy, [run.id]);
    const held = reasonToHold({ missing, live, fetched: totalFetched });
    await save(
      client,
      run,
      { ...standstill, cursor: run.cursor },
      {
        ...preview,
        missing,
        held,
        settled: true,
      },
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const standstill = { fetched: 0, unchanged: 0 };
