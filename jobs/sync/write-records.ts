import type { ClientBase } from 'pg';
import { DatabaseError } from 'pg';
import { system } from '#app/domain/audit.ts';
import { closedCrmStatuses, followCrmStatus } from '#app/domain/workflow.ts';
import { markStale } from '#app/models/stale-mark.server.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { copyIn, copyLine } from './copy-in.ts';
import { keepAbsent } from './keep-absent.ts';
import { queryOf } from './query.ts';
import type { LeasedRun } from './run.ts';
import { copyNew, mappedColumns, selectExisting, updateChanged } from './statements.ts';

/** What became of the records handed in. */
export interface Outcome {
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
    if (records.length === 1) {
      const refused = [refusedByDatabase(records[0]!, error)];
      return { applied: [], refused, added: 0, updated: 0, reappeared: 0 };
    }
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
export function isRecordsFault(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}

export function refusedByDatabase(record: AppliableRecord, error: DatabaseError): RefusedRecord {
  return {
    ok: false,
    remoteId: record.row.remote_id,
    remoteNumber: record.row.remote_number,
    cause: 'refused-by-database',
    field: error.column ?? null,
    message: `The database refused the record: ${error.message}.`,
    payload: record.payload,
  };
}

interface Existing {
  remote_id: string;
  content_hash: string;
  gone: boolean;
}

/** What the copy has of these records, by their remote ids. */
export async function selectKnown(client: ClientBase, records: AppliableRecord[]) {
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
  // A cell of ours may have been falsified under a hash that still holds: a repair compares every column.
  const trustsNoHash = run.purpose === 'REPAIR';
  const existing = allNew ? new Map<string, Existing>() : await selectKnown(client, records);
  const fresh = records.filter((record) => !existing.has(record.row.remote_id));
  const changed = records.filter((record) => {
    const known = existing.get(record.row.remote_id);
    return known && (trustsNoHash || known.gone || known.content_hash !== record.contentHash);
  });
  if (fresh.length > 0) {
    await copyIn(client, copyNew, fresh.map((record) => newLine(record, run.id)).join(''));
  }
  if (changed.length === 0) return { added: fresh.length, updated: 0, reappeared: 0 };
  const filled = await keepAbsent(client, changed);
  const values = [asParameter(filled), run.id, closedCrmStatuses, olderLeftOut, system.name];
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
export function asParameter(records: AppliableRecord[]): string {
  const texts = records.map(
    ({ row, contentHash, payload }) =>
      `${JSON.stringify(row).slice(0, -1)},"content_hash":"${contentHash}","raw":${payload}}`,
  );
  return `[${texts.join(',')}]`;
}
