import type { SyncType } from '#app/domain/sync.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/**
 * The watermark as SQL, which the sync begins its runs with too. Set back by a person, it is what they said,
 * until a run begun later has moved it on: what was running at that time counts no longer, whenever it ends.
 */
export const currentWatermark = `(SELECT coalesce(
  (SELECT max(watermark_to) FROM sync_logs WHERE status IN ('SUCCESS', 'PARTIAL') AND purpose = 'SYNC'
    AND id > coalesce((SELECT after_run FROM watermark_changes ORDER BY id DESC LIMIT 1), 0)),
  (SELECT watermark FROM watermark_changes ORDER BY id DESC LIMIT 1)))`;

export interface Watermark {
  /** Null before the first sync that got through. */
  at: Date | null;
  /** The id of the last change by a person; `0` where there is none. */
  lastChange: string;
}

export async function getWatermark(db: Db): Promise<Watermark> {
  const rows = await db.$queryRawUnsafe<Watermark[]>(
    `SELECT ${currentWatermark} AS at,
       coalesce((SELECT max(id) FROM watermark_changes), 0)::text AS "lastChange"`,
  );
  return rows[0] ?? { at: null, lastChange: '0' };
}

/**
 * Lets no run begin or end, and nobody else set the watermark, until the transaction is over: a run that
 * began in between would carry the old watermark past the change. Fails with 55P03 after five seconds.
 */
export async function lockWatermark(tx: Db): Promise<void> {
  await tx.$executeRaw`SET LOCAL lock_timeout = '5s'`;
  await tx.$executeRaw`LOCK TABLE sync_logs IN SHARE ROW EXCLUSIVE MODE`;
}

/** Whether an error says that the lock could not be had in time. */
export function isLockTimeout(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    /55P03|lock timeout/.test(`${JSON.stringify(error.meta)} ${error.message}`)
  );
}

/** The newest run there is, running or not. Give it the transaction that holds the lock. */
export async function newestRun(tx: Db): Promise<bigint> {
  const newest = await tx.syncLog.aggregate({ _max: { id: true } });
  return newest._max.id ?? 0n;
}

/** One move of the watermark: on by a run, or back by a person. */
export interface WatermarkMove {
  id: string;
  at: Date;
  from: Date | null;
  to: Date;
  /** Null where a person moved it. */
  run: { id: string; syncType: SyncType } | null;
  by: string | null;
  reason: string | null;
  /** A run that ended after the watermark was set back, and so moved nothing. */
  overruled: boolean;
}

type Row = Omit<WatermarkMove, 'run'> & { syncType: SyncType | null };

/** The last moves, the newest first. */
export async function listWatermarkMoves(db: Db, limit: number): Promise<WatermarkMove[]> {
  const rows = await db.$queryRaw<Row[]>`
    (SELECT l.id::text, coalesce(l.completed_at, l.started_at) AS at, l.watermark_from AS "from",
       l.watermark_to AS "to", l.sync_type::text AS "syncType", NULL AS by, NULL AS reason,
       EXISTS (SELECT FROM watermark_changes c
         WHERE c.after_run >= l.id AND c.created_at < l.completed_at) AS overruled
     FROM sync_logs l
     WHERE l.purpose = 'SYNC' AND l.status IN ('SUCCESS', 'PARTIAL') AND l.watermark_to IS NOT NULL
       AND l.watermark_to IS DISTINCT FROM l.watermark_from
     ORDER BY l.id DESC LIMIT ${limit})
    UNION ALL
    (SELECT id::text, created_at, previous, watermark, NULL, set_by_name, reason, false
     FROM watermark_changes ORDER BY id DESC LIMIT ${limit})
    ORDER BY at DESC LIMIT ${limit}`;
  return rows.map(({ syncType, ...row }) => ({
    ...row,
    run: syncType && { id: row.id, syncType },
  }));
}
