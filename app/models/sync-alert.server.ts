import { alertStateOf, type AlertState } from '#app/domain/alert.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Any number, as long as nothing else locks it. */
const alerting = 734_502n;

/** Lets one worker at a time judge and tell, until its transaction ends. */
export async function lockAlerts(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${alerting}::bigint)`;
}

const select = {
  id: true,
  state: true,
  previous: true,
  about: true,
  message: true,
  createdAt: true,
  webhook: true,
  webhookError: true,
} satisfies Prisma.SyncAlertSelect;

type Row = Prisma.SyncAlertGetPayload<{ select: typeof select }>;

export interface SyncAlert extends Omit<Row, 'id' | 'state' | 'previous' | 'about'> {
  id: string;
  state: AlertState | null;
  previous: AlertState | null;
}

export interface Told {
  state: AlertState | null;
  /** Which held run, as `aboutOf` names it. */
  about: string | null;
  /** When the trouble began that they were told of; null where all was well. */
  troubledSince: Date | null;
}

/** What people were told last, and since when it has not been well. */
export async function lastTold(db: Db): Promise<Told> {
  const last = await db.syncAlert.findFirst({ orderBy: { id: 'desc' }, select });
  const state = alertStateOf(last?.state);
  const about = last?.about ?? null;
  if (!last || state === 'on-time') return { state, about, troubledSince: null };
  const well = await db.syncAlert.findFirst({
    where: { state: 'on-time' },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const first = await db.syncAlert.findFirst({
    where: { id: { gt: well?.id ?? 0n } },
    orderBy: { id: 'asc' },
    select: { createdAt: true },
  });
  return { state, about, troubledSince: first?.createdAt ?? last.createdAt };
}

export async function addAlert(
  tx: Db,
  alert: Pick<Told, 'state' | 'about'> & {
    state: AlertState;
    previous: AlertState | null;
    message: string;
    webhook: boolean;
  },
): Promise<void> {
  const { webhook, ...columns } = alert;
  await tx.syncAlert.create({ data: { ...columns, webhook: webhook ? 'PENDING' : 'NONE' } });
}

/** The last alerts, the newest first. */
export async function listAlerts(db: Db, limit: number): Promise<SyncAlert[]> {
  const rows = await db.syncAlert.findMany({ orderBy: { id: 'desc' }, take: limit, select });
  return rows.map(asAlert);
}

/** The oldest alert whose webhook is still to be called. */
export async function nextPending(db: Db): Promise<SyncAlert | null> {
  const row = await db.syncAlert.findFirst({
    where: { webhook: 'PENDING' },
    orderBy: { id: 'asc' },
    select,
  });
  return row && asAlert(row);
}

/** Writes down how a call went; `PENDING` with an error is tried again. */
export async function noteCall(
  db: Db,
  id: string,
  call: { webhook: 'PENDING' | 'SENT' | 'FAILED'; webhookError: string | null },
): Promise<void> {
  await db.syncAlert.update({ where: { id: BigInt(id) }, data: call, select: { id: true } });
}

/** Gives up every call that waits: there is no webhook any more. */
export async function dropPending(db: Db): Promise<void> {
  await db.syncAlert.updateMany({ where: { webhook: 'PENDING' }, data: { webhook: 'NONE' } });
}

function asAlert({ id, state, previous, about: _about, ...row }: Row): SyncAlert {
  return {
    ...row,
    id: id.toString(),
    state: alertStateOf(state),
    previous: alertStateOf(previous),
  };
}
