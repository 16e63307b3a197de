import type { ClientBase } from 'pg';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { progressOf } from './lanes.ts';
import { fingerprintOf, quarantine, resolveApplied } from './quarantine.ts';
import { LeaseLost, type LeasedRun, type PageCounts } from './run.ts';
import { clearFound, clearHeld, noteMissing, saveProgress } from './statements.ts';
import { applyRecords } from './write-records.ts';

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
  /** The numbers of open rows without a usable OptyId, by which a page can settle them. */
  openNumbers: Set<string>;
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
  const kept = refused.length > 0 ? await quarantine(client, run.id, refused) : { discarded: 0 };
  await resolveOpen(client, run, outcome.applied, standing);
  await noteSeen(client, run, page, standing);
  const counts: PageCounts = {
    fetched,
    added: outcome.added,
    updated: outcome.updated,
    // What a person discarded and the CRM sends as it was then is a matter settled, not a failure.
    unchanged: outcome.applied.length - outcome.added - outcome.updated + kept.discarded,
    failed: refused.length - kept.discarded,
    reappeared: outcome.reappeared,
  };
  await turn;
  const cancelRequested = await save(client, run, page, counts, outcome.applied);
  return { counts, cancelRequested };
}

/** The refused records this run has not met before; from now on it has. */
export function firstMet(
  page: MappedPage,
  standing: Pick<Standing, 'refusedInRun'>,
): RefusedRecord[] {
  const refused = page.records
    .filter((record) => !record.ok)
    .filter((record) => !standing.refusedInRun.has(fingerprintOf(record)));
  for (const record of refused) standing.refusedInRun.add(fingerprintOf(record));
  return refused;
}

async function resolveOpen(
  client: ClientBase,
  run: LeasedRun,
  applied: AppliableRecord[],
  standing: Standing,
) {
  const { openFingerprints, openNumbers } = standing;
  if (openFingerprints.size === 0) return;
  const resolved = applied
    .map(({ row, payload }) => fingerprintOf({ remoteId: row.remote_id, payload }))
    .filter((fingerprint) => openFingerprints.has(fingerprint));
  const numbers = applied
    .map(({ row }) => row.remote_number)
    .filter((number) => number !== null && openNumbers.has(number));
  if (resolved.length + numbers.length > 0) await resolveApplied(client, run.id, resolved, numbers);
}

/** The remote ids on a page. A record in quarantine could not be applied, but it is there. */
export function presentOn(page: MappedPage): string[] {
  return page.records
    .map((record) => (record.ok ? record.row.remote_id : record.remoteId))
    .filter((id) => id !== null && /^\d{1,18}$/.test(id)) as string[];
}

async function noteSeen(client: ClientBase, run: LeasedRun, page: MappedPage, standing: Standing) {
  const present = presentOn(page);
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
