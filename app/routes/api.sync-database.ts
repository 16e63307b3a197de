import { requirePermission } from '#app/auth/guard.server.ts';
import { apiSyncRequest } from '#app/domain/api-sync.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { allowMethods, problem } from '#app/lib/problem.server.ts';
import { requestSync } from '#app/services/request-sync.server.ts';

export const action = apiRoute(async (args) => {
  const { request } = args;
  const { viewer } = await requirePermission(args, 'run:sync');
  allowMethods(request, 'POST');
  const parsed = apiSyncRequest.safeParse(await request.json().catch(() => null));
  if (!parsed.success) {
    throw problem(
      400,
      'Mode missing or unknown',
      'Send {"mode":"full"} or {"mode":"incremental"}.',
    );
  }
  const { mode } = parsed.data;
  const result = await requestSync({
    mode: mode === 'full' ? 'FULL' : 'INCREMENTAL',
    actor: { id: viewer.id, name: viewer.name },
    requestId: request.headers.get('X-Request-Id') ?? undefined,
  });
  if (!result.ok) {
    const detail = `Sync run ${result.runId} is running; only one can.`;
    throw problem(409, 'A sync is running', detail, { id: result.runId });
  }
  return Response.json({ id: result.runId, status: 'RUNNING', mode }, { status: 202 });
});

export const loader = action;
