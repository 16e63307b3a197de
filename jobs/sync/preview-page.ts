import type { ClientBase } from 'pg';
import {
  countedAs,
  mostListed,
  type PreviewCounts,
  type PreviewKind,
} from '#app/domain/sync-preview.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { usableId } from '#jobs/oracle/values.ts';
import { firstMet, presentOn, type MappedPage } from './apply-page.ts';
import { keepAbsent } from './keep-absent.ts';
import { comparePage, leaveOutRefused, listRefused, reconcilePage } from './preview-statements.ts';
import { save, sumOf, type PreviewState } from './preview-state.ts';
import { fingerprintOf } from './quarantine.ts';
import type { LeasedRun, PageCounts } from './run.ts';
import { noteMissing } from './statements.ts';
import { asParameter, isRecordsFault, refusedByDatabase, selectKnown } from './write-records.ts';

/**
 * Holds a page against the copy in one transaction: what differs is listed and counted, what a sweep does
 * not see is noted, sums, cursor and counters are saved. Writes no opportunity. Throws LeaseLost, having
 * written nothing, when the run is another's.
 */
export async function previewPage(
  client: ClientBase,
  run: LeasedRun,
  page: MappedPage,
  state: PreviewState,
): Promise<{ counts: PageCounts; cancelRequested: boolean }> {
  const counts = { ...state.preview };
  const appliable = page.records.filter((record) => record.ok);
  const refused = firstMet(page, state);
  const fetched = appliable.length + refused.length;
  await client.query('BEGIN');
  try {
    const candidates = await candidatesOf(client, run, appliable);
    refused.push(...(await compare(client, run, candidates, counts)));
    await keepRefused(client, run, refused, counts);
    if (run.syncType === 'FULL' && page.from < state.highestKnown) {
      const values = [run.id, page.from.toString(), page.cursor.toString(), presentOn(page)];
      await client.query({ name: 'note-missing', text: noteMissing, values });
    }
    const unchanged = fetched - (sumOf(counts) - sumOf(state.preview));
    const place = { cursor: page.cursor, fetched, unchanged };
    const { cancelRequested } = await save(client, run, place, counts);
    await client.query('COMMIT');
    const added = pageCounts(fetched, unchanged, state.preview, counts);
    state.preview = counts;
    return { counts: added, cancelRequested };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * The records worth comparing. A dry run passes over those whose hash we have, as the real run does; a
 * reconciliation trusts no hash, since a cell of ours may have been falsified under it.
 */
async function candidatesOf(client: ClientBase, run: LeasedRun, records: AppliableRecord[]) {
  if (run.purpose === 'RECONCILE' || records.length === 0) return records;
  const existing = await selectKnown(client, records);
  return records.filter((record) => {
    const known = existing.get(record.row.remote_id);
    return !known || known.gone || known.content_hash !== record.contentHash;
  });
}

/** Compares the records at once; where the database refuses, halves until the culprit stands alone. */
async function compare(
  client: ClientBase,
  run: LeasedRun,
  records: AppliableRecord[],
  counts: PreviewCounts,
): Promise<RefusedRecord[]> {
  if (records.length === 0) return [];
  await client.query('SAVEPOINT records');
  try {
    await compareAtOnce(client, run, records, counts);
    return [];
  } catch (error) {
    if (!isRecordsFault(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT records');
    if (records.length === 1) return [refusedByDatabase(records[0]!, error)];
  }
  const middle = records.length >> 1;
  const first = await compare(client, run, records.slice(0, middle), counts);
  const second = await compare(client, run, records.slice(middle), counts);
  return [...first, ...second];
}

async function compareAtOnce(
  client: ClientBase,
  run: LeasedRun,
  records: AppliableRecord[],
  counts: PreviewCounts,
): Promise<void> {
  const reconciles = run.purpose === 'RECONCILE';
  const room = Object.fromEntries(
    Object.entries(mostListed).map(([kind, most]) => [
      kind,
      most - counts[countedAs[kind as PreviewKind]],
    ]),
  );
  const filled = await keepAbsent(client, records);
  const { rows } = await client.query<{ kind: PreviewKind; count: number }>({
    name: reconciles ? 'reconcile-page' : 'compare-page',
    text: reconciles ? reconcilePage : comparePage,
    values: [
      asParameter(filled),
      run.id,
      run.syncType === 'INCREMENTAL',
      JSON.stringify(room),
      reconciles ? (run.watermarkFrom ?? run.startedAt) : null,
      run.startedAt,
    ],
  });
  for (const { kind, count } of rows) counts[countedAs[kind]] += count;
}

async function keepRefused(
  client: ClientBase,
  run: LeasedRun,
  refused: RefusedRecord[],
  counts: PreviewCounts,
): Promise<void> {
  if (refused.length === 0) return;
  const room = Math.max(0, mostListed.QUARANTINED - counts.quarantined);
  const hasId = ({ remoteId }: RefusedRecord) => remoteId !== null && usableId.test(remoteId);
  const rows = refused.map((record) => ({
    remote_id: hasId(record) ? record.remoteId : null,
    remote_number: record.remoteNumber?.toWellFormed() ?? null,
    fields: [
      {
        field: record.field?.toWellFormed() ?? null,
        message: record.message.toWellFormed().replaceAll('\0', ''),
        fingerprint: fingerprintOf(record),
      },
    ],
  }));
  await client.query(listRefused, [run.id, JSON.stringify(rows), room]);
  counts.quarantined += refused.length;
  if (run.purpose !== 'RECONCILE') return;
  const ids = rows.map((row) => row.remote_id).filter((id) => id !== null);
  const numbers = rows.filter((row) => row.remote_id === null).map((row) => row.remote_number);
  await client.query(leaveOutRefused, [run.id, ids, numbers.filter((number) => number !== null)]);
}

function pageCounts(
  fetched: number,
  unchanged: number,
  before: PreviewCounts,
  after: PreviewCounts,
): PageCounts {
  return {
    fetched,
    unchanged,
    added: after.new - before.new,
    updated: after.updated - before.updated + after.reappeared - before.reappeared,
    failed: after.quarantined - before.quarantined,
    reappeared: after.reappeared - before.reappeared,
  };
}
