import { gradeFreshness, type Freshness, type SyncRun } from '#app/domain/freshness.ts';
import { syncPurposes, waitingWords, writingPurposes, type SyncPurpose } from '#app/domain/sync.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { countOpen } from './sync-quarantine.server.ts';

/** The columns of a run as people see it. */
export const runColumns = {
  id: true,
  syncType: true,
  purpose: true,
  status: true,
  trigger: true,
  totalFetched: true,
  newRecords: true,
  updatedRecords: true,
  unchangedRecords: true,
  failedRecords: true,
  removedRecords: true,
  reappearedRecords: true,
  startedAt: true,
  completedAt: true,
  durationSeconds: true,
  errorMessage: true,
  watermarkFrom: true,
  watermarkTo: true,
  heartbeatAt: true,
  attempts: true,
  cancelRequestedAt: true,
  heldCause: true,
  fault: true,
  rangeFrom: true,
  rangeTo: true,
  waitingFor: true,
  waitingUntil: true,
  requestedBy: { select: { name: true, email: true } },
} satisfies Prisma.SyncLogSelect;

type Row = Prisma.SyncLogGetPayload<{ select: typeof runColumns }>;

const endColumns = {
  id: true,
  status: true,
  errorMessage: true,
  heldCause: true,
  completedAt: true,
} satisfies Prisma.SyncLogSelect;

/** How fresh the copy is, by SYNC_CRON. */
export async function getFreshness(db: Db, now = new Date()): Promise<Freshness> {
  const [good, ended, held, closed, running, quarantined] = await Promise.all([
    db.syncLog.findFirst({
      where: { purpose: 'SYNC', status: { in: ['SUCCESS', 'PARTIAL'] } },
      orderBy: { completedAt: 'desc' },
      select: { completedAt: true },
    }),
    db.syncLog.findFirst({
      where: { purpose: 'SYNC', status: { in: ['SUCCESS', 'PARTIAL', 'FAILED', 'HELD'] } },
      orderBy: { id: 'desc' },
      select: endColumns,
    }),
    // A held sweep waits for a person, whatever ran since.
    db.syncLog.findFirst({
      where: { status: 'HELD' },
      orderBy: { id: 'desc' },
      select: endColumns,
    }),
    db.syncLog.findFirst({
      where: { purpose: 'SYNC', status: 'CANCELLED', heldCause: { not: null } },
      orderBy: { id: 'desc' },
      select: endColumns,
    }),
    db.syncLog.findFirst({ where: { status: 'RUNNING' }, select: runColumns }),
    countOpen(db),
  ]);
  const closedLast = closed && (!ended || closed.id > ended.id);
  return gradeFreshness({
    lastGood: good?.completedAt ?? null,
    lastEnded: ended,
    lastClosedHeld: closedLast ? closed.completedAt : null,
    held: held && { ...held, cause: held.heldCause },
    running: running && asRun(running),
    quarantined,
    cron: env.SYNC_CRON,
    timeZone: env.SYNC_TIMEZONE,
    now,
  });
}

/** The latest runs of these purposes, newest first. */
export async function listRuns(
  db: Db,
  limit: number,
  purposes: readonly SyncPurpose[] = syncPurposes,
): Promise<SyncRun[]> {
  const where = { purpose: { in: [...purposes] } };
  const rows = await db.syncLog.findMany({
    where,
    orderBy: { id: 'desc' },
    take: limit,
    select: runColumns,
  });
  return rows.map(asRun);
}

export async function getRun(db: Db, id: bigint): Promise<SyncRun | null> {
  const row = await db.syncLog.findUnique({ where: { id }, select: runColumns });
  return row && asRun(row);
}

/** The last run that wrote, or could have written, opportunities. */
export async function getLastRun(db: Db): Promise<SyncRun | null> {
  return (await listRuns(db, 1, writingPurposes))[0] ?? null;
}

/** A row of `runColumns` as a run. */
export function asRun({ waitingFor, waitingUntil, ...rest }: Row): SyncRun {
  const { requestedBy, cancelRequestedAt, durationSeconds, ...row } = rest;
  const waits = row.status === 'RUNNING' ? waitingFor : null;
  return {
    ...row,
    id: row.id.toString(),
    requestedBy: requestedBy?.name ?? requestedBy?.email ?? null,
    durationSeconds: durationSeconds?.toNumber() ?? null,
    cancelRequested: cancelRequestedAt !== null,
    waiting: waitingWords(waits, waitingUntil, new Date()),
  };
}
