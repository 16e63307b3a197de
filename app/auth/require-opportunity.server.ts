import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import type { Permission, Scope } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { numberOf, remoteIdOf } from '#app/lib/opportunity-path.ts';
import {
  getOpportunityByNumber,
  getOpportunityByRemoteId,
  type OpportunityDetail,
} from '#app/models/opportunity.server.ts';
import { requirePermission } from './guard.server.ts';

/**
 * The person of a request who holds `permission`, and the opportunity its address names. Throws 404
 * where they may not read it, which is all the same as its not being there.
 */
export async function requireOpportunity(
  args: LoaderFunctionArgs | ActionFunctionArgs,
  permission: Permission = 'read:opportunity',
): Promise<{ viewer: Viewer; scope: Scope; opportunity: OpportunityDetail }> {
  const { viewer, scope } = await requirePermission(args, permission);
  const number = numberOf(new URL(args.request.url).pathname);
  const opportunity = number === null ? null : await find(scope, number);
  if (opportunity) return { viewer, scope, opportunity };
  const words = `There is no opportunity ${number ?? ''} among those your roles let you see.`;
  throw new Response(words, { status: 404 });
}

async function find(scope: Scope, number: string): Promise<OpportunityDetail | null> {
  const found = await getOpportunityByNumber(db, scope, number);
  if (found) return found;
  const remoteId = remoteIdOf(number);
  return remoteId === null ? null : getOpportunityByRemoteId(db, scope, remoteId);
}
