import { requirePermission } from '#app/auth/guard.server.ts';
import { noSyncRun, toApiSyncRun } from '#app/domain/api-sync.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { db } from '#app/lib/db.server.ts';
import { allowMethods } from '#app/lib/problem.server.ts';
import { getLastRun } from '#app/models/sync-log.server.ts';

export const loader = apiRoute(async (args) => {
  await requirePermission(args, 'read:sync');
  allowMethods(args.request, 'GET', 'HEAD');
  const last = await getLastRun(db);
  return Response.json(last ? toApiSyncRun(last) : noSyncRun);
});

export const action = loader;
