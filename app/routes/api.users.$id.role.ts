import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireStepUp } from '#app/auth/step-up.server.ts';
import { roles, roleSchema } from '#app/domain/roles.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { db } from '#app/lib/db.server.ts';
import { allowMethods, problem } from '#app/lib/problem.server.ts';
import { findUserId } from '#app/models/user.server.ts';
import { grantRole } from '#app/services/grant-role.server.ts';
import { revokeRole } from '#app/services/revoke-role.server.ts';

const bodySchema = z.strictObject({
  role: roleSchema,
  action: z.enum(['grant', 'revoke']).default('grant'),
});

/** Grants or revokes one role. The id is that of the user in BQS or at the identity server. */
export const action = apiRoute(async (args) => {
  const { viewer } = await requirePermission(args, 'manage:roles');
  allowMethods(args.request, 'POST');
  const body = bodySchema.safeParse(await args.request.json().catch(() => null));
  if (!body.success) {
    const detail = `Send {"role": one of ${roles.join(', ')}, "action": "grant" or "revoke"}.`;
    return problem(400, 'Body not understood', detail);
  }
  const id = z.guid().safeParse(args.params.id);
  const userId = id.success ? await findUserId(db, id.data) : null;
  if (!userId) return problem(404, 'No such user', 'Nobody in BQS has this id.');
  const { role, action } = body.data;
  if (role === 'MANAGER') await requireStepUp(args, { act: 'grant-manager' });
  const change = { actor: viewer, userId, role, requestId: requestIdOf(args.request) };
  const result = await (action === 'grant' ? grantRole(change) : revokeRole(change));
  if (!result.ok) {
    return problem(409, 'Role not changed', result.message, { reason: result.reason });
  }
  return Response.json({ id: userId, role, action, changed: result.changed });
});

export const loader = apiRoute(async (args) => {
  await requirePermission(args, 'manage:roles');
  allowMethods(args.request, 'POST');
  return Response.json(null);
});

function requestIdOf(request: Request): string | undefined {
  return request.headers.get('X-Request-Id') ?? undefined;
}
