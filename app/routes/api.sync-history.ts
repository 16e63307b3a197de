import { requirePermission } from '#app/auth/guard.server.ts';
import { toApiSyncRun } from '#app/domain/api-sync.ts';
import { writingPurposes } from '#app/domain/sync.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { db } from '#app/lib/db.server.ts';
import { allowMethods } from '#app/lib/problem.server.ts';
import { listRuns } from '#app/models/sync-log.server.ts';

export const loader = apiRoute(async (args) => {
  await requirePermission(args, 'read:sync');
  allowMethods(args.request, 'GET', 'HEAD');
  const runs = await listRuns(db, 10, writingPurposes);
  return Response.json({ items: runs.map(toApiSyncRun) });
});

export const action = loader;
