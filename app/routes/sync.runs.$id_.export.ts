import type { LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';
import { touches } from '#app/domain/change-rank.ts';
import { scopeOf } from '#app/domain/permissions.ts';
import { runIdOf } from '#app/domain/run-address.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { csvResponse } from '#app/lib/csv.server.ts';
import { db } from '#app/lib/db.server.ts';
import { fieldName } from '#app/lib/field-names.ts';
import { streamRunChanges, type ExportedChange } from '#app/models/run-change-export.server.ts';
import { getRun } from '#app/models/sync-log.server.ts';

const columns = [
  ...['what', 'touches', 'number', 'opty_id', 'name', 'account', 'practice', 'qualification'],
  ...['field', 'before', 'after', 'at'],
];

const kindNames = {
  NEW: 'new',
  UPDATED: 'changed',
  GONE: 'gone from CRM',
  REAPPEARED: 'back in CRM',
};

/** Everything a run brought and changed, of the viewer's opportunities alone, as a file. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const runId = runIdOf(args.params.id);
  const run = runId === null ? null : await getRun(db, runId);
  const scope = scopeOf(viewer, 'read:opportunity');
  if (!run || !scope || runId === null) {
    throw new Response('There is no such sync run.', { status: 404 });
  }
  return csvResponse(
    `bqs-sync-run-${run.id}.csv`,
    columns,
    toRows(streamRunChanges(db, runId, scope)),
  );
}

async function* toRows(changes: AsyncIterable<ExportedChange>) {
  for await (const { kind, rank, number, remoteId, account, status, field, at, ...rest } of changes)
    yield {
      what: kindNames[kind],
      touches: touches[rank]?.name ?? null,
      number,
      opty_id: remoteId,
      account,
      qualification: workflowStatusNames[status],
      field: field && fieldName(field),
      at: at.toISOString(),
      ...rest,
    };
}
