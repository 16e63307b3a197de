import type { ClientBase } from 'pg';
import { deltaSince } from '#app/domain/sync.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import { lockRun } from './lease.ts';
import type { LeasedRun } from './run.ts';
import { settleSweep } from './sweep.ts';
import { transaction } from './transaction.ts';

/**
 * Settles what the pages of a run have shown, before single records are asked for. Answers why the run
 * must wait for a person, or null. May be done again by whoever takes the run over.
 */
export async function settlePages(client: ClientBase, run: LeasedRun): Promise<string | null> {
  return transaction(client, async () => {
    const { total_fetched: fetched } = await lockRun(client, run);
    if (run.syncType === 'FULL') return settleSweep(client, run, fetched);
    if (fetched === 0) await refuseBlindness(client, run);
    return null;
  });
}

/**
 * A delta begins before the newest record we hold, so it brings that one at least. Bringing nothing, the
 * CRM's user has most likely lost sight of everything, which must not read as "nothing has changed".
 */
async function refuseBlindness(client: ClientBase, run: LeasedRun): Promise<void> {
  if (!run.watermarkFrom) return;
  const { rowCount } = await client.query(
    'SELECT 1 FROM opportunities WHERE gone_since IS NULL AND crm_updated_at >= $1 LIMIT 1',
    [deltaSince(run.watermarkFrom)],
  );
  if (rowCount) {
    throw new OracleError(
      'unexpected-body',
      'The CRM sent nothing, not even what it had sent before. Check what its user may see, then run a full sync.',
    );
  }
}
