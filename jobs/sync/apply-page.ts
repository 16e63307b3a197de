import type { ClientBase } from 'pg';
import { DatabaseError } from 'pg';
import { system } from '#app/domain/audit.ts';
import { closedCrmStatuses, followCrmStatus } from '#app/domain/workflow.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { markStale } from '#app/models/stale-mark.server.ts';
import { copyIn, copyLine } from './copy-in.ts';
import { keepAbsent } from './keep-absent.ts';
import { progressOf } from './lanes.ts';
import { queryOf } from './query.ts';
import { fingerprintOf, quarantine, resolveApplied } from './quarantine.ts';
import { LeaseLost, type LeasedRun, type PageCounts } from './run.ts';
import {
  clearFound,
  clearHeld,
  copyNew,
  mappedColumns,
  noteMissing,
  saveProgress,
  selectExisting,
  updateChanged,
} from './statements.ts';

export interface MappedPage {
  records: (AppliableRecord | RefusedRecord)[];
  /** Where the walk stood before and after this page. */
  from: bigint;
  cursor: bigint;
  /** Which of the run's lanes it belongs to, and whether it ends that lane. */
  lane?: { at: number; done: boolean };
}

/** What of the database a run keeps in mind between its pages. */
export interface Standing {
  openFingerprints: Set<string>;
  /** Those of them this run has met already: counted once, however often the CRM sends them. */
  refusedInRun: Set<string>;
  heldRuns: string[];
  /** OptyIds that a sweep did not see and that are being asked for one by one. */
  missing: Set<string>;
  /** The highest OptyId in our copy when the run began: pages above it can hold nothing known. */
  highestKnown: bigint;
}

/**
 * Applies a page in one transaction: new rows, changed rows with their history, refused records, what a
 * sweep did not see, cursor and counters. Throws LeaseLost, having written nothing, when the run is
 * another's; throws what the database throws where it is not one record's fault. Cursor and counters wait
 * for `turn`, the end of the page before, and the page fails with it; all else may go on beside it.
 */
export async function applyPage(
  client: ClientBase,
  run: LeasedRun,
  page: MappedPage,
  standing: Standing,
  turn: Promise<unknown> = Promise.resolve(),
): Promise<{ counts: PageCounts; cancelRequested: boolean }> {
  await client.query('BEGIN');
  try {
    const applied = await writePage(client, run, page, standing, turn);
    await client.query('COMMIT');
    return applied;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function writePage(
  client: ClientBase,
  run: LeasedRun,
  page: MappedPage,
  standing: Standing,
  turn: Promise<unknown>,
) {
  const appliable = page.records.filter((record) => record.ok);
  const refused = firstMet(page, standing);
  const fetched = appliable.length + refused.length;
  const outcome = await applyRecords(client, run, appliable, page.from >= standing.highestKnown);
  refused.push(...outcome.refused);
  if (refused.length > 0) await quarantine(client, run.id, refused);
  await resolveOpen(client, run, outcome.applied, standing);
  await noteSeen(client, run, page, standing);
  const counts: PageCounts = {
    fetched,
    added: outcome.added,
    updated: outcome.updated,
    unchanged: outcome.applied.length - outcome.added - outcome.updated,
    failed: refused.length,
    reappeared: outcome.reappeared,
  };
  await turn;
  const cancelRequested = await save(client, run, page, counts, outcome.applied);
  return { counts, cancelRequested };
}

/** The refused records this run has not met before; from now on it has. */
function firstMet(page: MappedPage, standing: Standing): RefusedRecord[] {
  const refused = page.records
    .filter((record) => !record.ok)
    .filter((record) => !standing.refusedInRun.has(fingerprintOf(record)));
  for (const record of refused) standing.refusedInRun.add(fingerprintOf(record));
  return refused;
}

interface Outcome {
  applied: AppliableRecord[];
  refused: RefusedRecord[];
  added: number;
  updated: number;
  reappeared: number;
}

/**
 * Writes the records at once; where the database refuses, halves until the culprit stands alone. Give it
 * an open transaction. `olderLeftOut`: a record older than ours changes nothing.
 */
export async function applyRecords(
  client: ClientBase,
  run: LeasedRun,
  records: AppliableRecord[],
  allNew: boolean,
  olderLeftOut = run.syncType === 'INCREMENTAL',
): Promise<Outcome> {
  await client.query('SAVEPOINT records');
  try {
    const written = await writeRecords(client, run, records, allNew, olderLeftOut);
    return { applied: records, refused: [], ...written };
  } catch (error) {
    if (!isRecordsFault(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT records');
    if (records.length === 1) return refusedAlone(records[0]!, error);
  }
  const middle = records.length >> 1;
  const first = await applyRecords(client, run, records.slice(0, middle), allNew, olderLeftOut);
  const second = await applyRecords(client, run, records.slice(middle), allNew, olderLeftOut);
  return {
    applied: [...first.applied, ...second.applied],
    refused: [...first.refused, ...second.refused],
    added: first.added + second.added,
    updated: first.updated + second.updated,
    reappeared: first.reappeared + second.reappeared,
  };
}

// Bad data, a broken constraint, a limit passed: no faults of the connection or of the moment.
function isRecordsFault(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}

function refusedAlone(record: AppliableRecord, error: DatabaseError): Outcome {
  const refused: RefusedRecord = {
    ok: false,
    remoteId: record.row.remote_id,
    remoteNumber: record.row.remote_number,
    cause: 'refused-by-database',
    field: error.column ?? null,
    message: `The database refused the record: ${error.message}.`,
    payload: record.payload,
  };
  return { applied: [], refused: [refused], added: 0, updated: 0, reappeared: 0 };
}

interface Existing {
  remote_id: string;
  content_hash: string;
  gone: boolean;
}

async function selectKnown(client: ClientBase, records: AppliableRecord[]) {
  const { rows } = await client.query<Existing>({
    name: 'select-existing',
    text: selectExisting,
    values: [records.map((record) => record.row.remote_id)],
  });
  return new Map(rows.map((row) => [row.remote_id, row]));
}

async function writeRecords(
  client: ClientBase,
  run: LeasedRun,
  records: AppliableRecord[],
  allNew: boolean,
  olderLeftOut: boolean,
) {
  const existing = allNew ? new Map<string, Existing>() : await selectKnown(client, records);
  const fresh = records.filter((record) => !existing.has(record.row.remote_id));
  const changed = records.filter((record) => {
    const known = existing.get(record.row.remote_id);
    return known && (known.gone || known.content_hash !== record.contentHash);
  });
  if (fresh.length > 0) {
    await copyIn(client, copyNew, fresh.map((record) => newLine(record, run.id)).join(''));
  }
  if (changed.length === 0) return { added: fresh.length, updated: 0, reappeared: 0 };
  const values = [
    asParameter(await keepAbsent(client, changed)),
    run.id,
    closedCrmStatuses,
    olderLeftOut,
    system.name,
  ];
  const answer = await client.query<{ updated: string[]; reappeared: number }>({
    name: 'update-changed',
    text: updateChanged,
    values,
  });
  const { updated, reappeared } = answer.rows[0]!;
  await markStale(queryOf(client), updated, run.id);
  return { added: fresh.length, updated: updated.length, reappeared };
}

/** A record the CRM had closed before we knew it starts closed. */
function newLine({ row, contentHash, payload }: AppliableRecord, runId: string): string {
  const place = followCrmStatus({ status: 'NEW', beforeClose: null }, row.crm_status);
  const mapped = mappedColumns.map((name) => row[name]);
  const hash = `\\x${contentHash}`;
  return copyLine([
    row.remote_id,
    hash,
    payload,
    runId,
    runId,
    place.status,
    place.beforeClose,
    ...mapped,
  ]);
}

/** The records as one JSON text. The raw one goes in as it was sent: parsing it here would round its numbers. */
function asParameter(records: AppliableRecord[]): string {
  const texts = records.map(
    ({ row, contentHash, payload }) =>
      `${JSON.stringify(row).slice(0, -1)},"content_hash":"${contentHash}","raw":${payload}}`,
  );
  return `[${texts.join(',')}]`;
}

async function resolveOpen(
  client: ClientBase,
  run: LeasedRun,
  applied: AppliableRecord[],
  standing: Standing,
) {
  if (standing.openFingerprints.size === 0) return;
  const resolved = applied
    .map(({ row, payload }) => fingerprintOf({ remoteId: row.remote_id, payload }))
    .filter((fingerprint) => standing.openFingerprints.has(fingerprint));
  if (resolved.length > 0) await resolveApplied(client, run.id, resolved);
}

async function noteSeen(client: ClientBase, run: LeasedRun, page: MappedPage, standing: Standing) {
  // A record in quarantine could not be applied, but it is there.
  const present = page.records
    .map((record) => (record.ok ? record.row.remote_id : record.remoteId))
    .filter((id) => id !== null && /^\d{1,18}$/.test(id));
  if (run.syncType === 'FULL' && page.from < standing.highestKnown) {
    const values = [run.id, page.from.toString(), page.cursor.toString(), present];
    await client.query({ name: 'note-missing', text: noteMissing, values });
  }
  const found = present.filter((id) => standing.missing.has(id!));
  if (found.length > 0) await client.query(clearFound, [found]);
  if (standing.heldRuns.length > 0) await client.query(clearHeld, [standing.heldRuns, present]);
}

async function save(
  client: ClientBase,
  run: LeasedRun,
  page: MappedPage,
  counts: PageCounts,
  applied: AppliableRecord[],
) {
  const stamps = applied
    .map((record) => record.row.crm_updated_at)
    .filter((stamp) => stamp !== null);
  const maxSeen = stamps.reduce<string | null>(
    (top, stamp) => (top === null || stamp > top ? stamp : top),
    null,
  );
  const { fetched, added, updated, unchanged, failed, reappeared } = counts;
  const tally = [fetched, added, updated, unchanged, failed, reappeared];
  const { place, lane } = progressOf(run, page);
  const { rows } = await client.query<{ cancel: boolean }>({
    name: 'save-progress',
    text: saveProgress,
    values: [run.id, run.lease, page.cursor.toString(), maxSeen, ...tally, place, lane],
  });
  if (!rows[0]) throw new LeaseLost(`Run ${run.id} is another worker's by now.`);
  return rows[0].cancel;
}
