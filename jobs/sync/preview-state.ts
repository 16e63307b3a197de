import type { ClientBase } from 'pg';
import {
  countedAs,
  previewKinds,
  previewSchema,
  type Preview,
  type PreviewCounts,
} from '#app/domain/sync-preview.ts';
import { savePreview } from './preview-statements.ts';
import { LeaseLost, type LeasedRun } from './run.ts';

/** What a preview keeps in mind between its pages. */
export interface PreviewState {
  /** As committed. */
  preview: Preview;
  /** Fingerprints of the refused records met in this run: counted once, however often they are sent. */
  refusedInRun: Set<string>;
  /** The highest OptyId in our copy: pages above it can hold nothing known. */
  highestKnown: bigint;
}

/** Where the run stands, also when another worker began it. */
export async function readPreviewState(client: ClientBase, run: LeasedRun): Promise<PreviewState> {
  const saved = await client.query<{ preview: unknown; highest: string | null }>(
    `SELECT preview, (SELECT max(remote_id) FROM opportunities) AS highest FROM sync_logs WHERE id = $1`,
    [run.id],
  );
  const refused = await client.query<{ fingerprint: string }>(
    `SELECT fields->0->>'fingerprint' AS fingerprint FROM sync_previews
     WHERE sync_log_id = $1 AND kind = 'QUARANTINED'`,
    [run.id],
  );
  return {
    preview: previewSchema.parse(saved.rows[0]?.preview ?? {}),
    refusedInRun: new Set(refused.rows.map((row) => row.fingerprint)),
    highestKnown: BigInt(saved.rows[0]?.highest ?? 0),
  };
}

/** Saves where the run stands. Throws LeaseLost where the run is another's by now. */
export async function save(
  client: ClientBase,
  run: LeasedRun,
  place: { cursor: bigint | null; fetched: number; unchanged: number },
  preview: Preview,
): Promise<{ cancelRequested: boolean; totalFetched: number }> {
  const { rows } = await client.query<{ cancel: boolean; total_fetched: number }>({
    name: 'save-preview',
    text: savePreview,
    values: [
      ...[run.id, run.lease, place.cursor?.toString() ?? null, place.fetched, place.unchanged],
      JSON.stringify(preview),
    ],
  });
  if (!rows[0]) throw new LeaseLost(`Run ${run.id} is another worker's by now.`);
  return { cancelRequested: rows[0].cancel, totalFetched: rows[0].total_fetched };
}

/** How many records a preview counts, whatever their kind. */
export function sumOf(counts: PreviewCounts): number {
  return previewKinds.reduce((sum, kind) => sum + counts[countedAs[kind]], 0);
}
