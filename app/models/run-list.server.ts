import type { SyncRun } from '#app/domain/freshness.ts';
import type { RunQuery } from '#app/domain/run-query.ts';
import { previewSchema, type Preview } from '#app/domain/sync-preview.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { asRun, runColumns } from './sync-log.server.ts';

const pageSize = 30;

/** A run with what it found; null for one that writes itself. */
export type ListedRun = SyncRun & { preview: Preview | null };

/** A page of the runs, newest first. */
export async function listRunPage(
  db: Db,
  { kind, outcome, before }: RunQuery,
): Promise<{ runs: ListedRun[]; next: string | null }> {
  const where: Prisma.SyncLogWhereInput = {
    ...(kind === 'FULL' || kind === 'INCREMENTAL'
      ? { syncType: kind, purpose: 'SYNC' }
      : kind && { purpose: kind }),
    ...(outcome && { status: outcome }),
    ...(before !== null && { id: { lt: BigInt(before) } }),
  };
  const rows = await db.syncLog.findMany({
    where,
    select: { ...runColumns, preview: true },
    orderBy: { id: 'desc' },
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  return {
    runs: page.map(({ preview, ...row }) => ({
      ...asRun(row),
      preview: preview === null ? null : previewSchema.parse(preview),
    })),
    next: rows.length > pageSize ? String(page.at(-1)?.id) : null,
  };
}
