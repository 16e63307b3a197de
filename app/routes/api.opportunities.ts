import { requirePermission } from '#app/auth/guard.server.ts';
import { toApiOpportunity } from '#app/domain/api-opportunity.ts';
import { apiDefaults, parseOpportunityQuery } from '#app/domain/opportunity-query.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { db } from '#app/lib/db.server.ts';
import { allowMethods, problem } from '#app/lib/problem.server.ts';
import { listOpportunities } from '#app/models/opportunity.server.ts';

export const loader = apiRoute(async (args) => {
  const { scope } = await requirePermission(args, 'read:opportunity');
  allowMethods(args.request, 'GET', 'HEAD');
  const parsed = parseOpportunityQuery(new URL(args.request.url).searchParams, apiDefaults);
  if (!parsed.ok) throw problem(400, 'Parameter not valid', `${parsed.problem}.`);
  const { items, nextCursor, total } = await listOpportunities(db, scope, parsed.query);
  return Response.json({ items: items.map(toApiOpportunity), next_cursor: nextCursor, total });
});

export const action = loader;
