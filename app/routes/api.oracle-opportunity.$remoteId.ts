import { requirePermission } from '#app/auth/guard.server.ts';
import { toApiOpportunity } from '#app/domain/api-opportunity.ts';
import { parseRemoteId } from '#app/domain/opportunity-cursor.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { db } from '#app/lib/db.server.ts';
import { allowMethods, problem } from '#app/lib/problem.server.ts';
import { getOpportunityByRemoteId } from '#app/models/opportunity.server.ts';

export const loader = apiRoute(async (args) => {
  const { scope } = await requirePermission(args, 'read:opportunity');
  allowMethods(args.request, 'GET', 'HEAD');
  const remoteId = parseRemoteId(args.params.remoteId ?? '');
  const found = remoteId === null ? null : await getOpportunityByRemoteId(db, scope, remoteId);
  if (!found)
    throw problem(404, 'No such opportunity', 'There is no such opportunity, or it is not yours.');
  // Spliced in as text: parsed and written again, its longer numbers would be rounded.
  const whole = JSON.stringify(toApiOpportunity(found)).replace(
    /\}$/,
    () => `,"raw":${found.raw}}`,
  );
  return new Response(whole, { headers: { 'Content-Type': 'application/json' } });
});

export const action = loader;
