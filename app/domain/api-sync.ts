import { z } from 'zod';

const text = z.string().nullable();
const instant = z.iso.datetime();
const count = z.number().int();
const runShape = {
  id: z.string(),
  sync_type: z.enum(['FULL', 'INCREMENTAL']),
  status: z.enum(['RUNNING', 'SUCCESS', 'PARTIAL', 'FAILED', 'CANCELLED', 'HELD']),
  total_fetched: count,
  new_records: count,
  updated_records: count,
  unchanged_records: count,
  failed_records: count,
  removed_records: count,
  started_at: instant,
  completed_at: instant.nullable(),
  duration_seconds: z.number().nullable(),
  error_message: text,
};

/** One sync run as the HTTP API answers it. */
export const apiSyncRun = z.object(runShape);
export type ApiSyncRun = z.infer<typeof apiSyncRun>;

/** The last run; before the first one every key is there and null. */
export const apiSyncStatus = z
  .object({ ...runShape })
  .extend(
    Object.fromEntries(Object.entries(runShape).map(([key, schema]) => [key, schema.nullable()])),
  );

export const apiSyncHistory = z.object({ items: z.array(apiSyncRun) });

export const apiSyncRequest = z.object({ mode: z.enum(['full', 'incremental']) });

export const apiSyncAccepted = z.object({
  id: z.string(),
  status: z.literal('RUNNING'),
  mode: z.enum(['full', 'incremental']),
});

/** Structurally the run of the sync log. */
interface Run {
  id: string;
  syncType: ApiSyncRun['sync_type'];
  status: ApiSyncRun['status'];
  totalFetched: number;
  newRecords: number;
  updatedRecords: number;
  unchangedRecords: number;
  failedRecords: number;
  removedRecords: number;
  startedAt: Date;
  completedAt: Date | null;
  durationSeconds: number | null;
  errorMessage: string | null;
}

/** A sync run in the API's words. */
export function toApiSyncRun(run: Run): ApiSyncRun {
  return {
    id: run.id,
    sync_type: run.syncType,
    status: run.status,
    total_fetched: run.totalFetched,
    new_records: run.newRecords,
    updated_records: run.updatedRecords,
    unchanged_records: run.unchangedRecords,
    failed_records: run.failedRecords,
    removed_records: run.removedRecords,
    started_at: run.startedAt.toISOString(),
    completed_at: run.completedAt?.toISOString() ?? null,
    duration_seconds: run.durationSeconds,
    error_message: run.errorMessage,
  };
}

/** What sync-status answers before the first run. */
export const noSyncRun = Object.fromEntries(
  Object.keys(runShape).map((key) => [key, null]),
) as Record<keyof typeof runShape, null>;
