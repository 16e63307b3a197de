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
import { noteAttempt } from '#app/services/note-attempt.server.ts';
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
  const opportunity = await named(args, scope);
  if (opportunity) return { viewer, scope, opportunity };
  throw noSuchOpportunity(args);
}

/**
 * As `requireOpportunity`, for an attempt to act: also finds what the viewer may not read, as `hidden`, so
 * that the attempt can be put on the record before it is answered like one on nothing.
 */
async function requireTarget(
  args: ActionFunctionArgs,
): Promise<{ viewer: Viewer; opportunity: OpportunityDetail; hidden: boolean }> {
  const { viewer, scope } = await requirePermission(args, 'read:opportunity');
  const opportunity = await named(args, scope);
  if (opportunity) return { viewer, opportunity, hidden: false };
  const other = await named(args, { all: true });
  if (!other) throw noSuchOpportunity(args);
  return { viewer, opportunity: other, hidden: true };
}

/**
 * The opportunity an action is about, which its viewer may read. An attempt on one they may not goes on the
 * record and is answered like one on nothing; `intentOf` says what was asked for.
 */
export async function requireReadable(
  args: ActionFunctionArgs,
  intentOf: () => string | Promise<string>,
): Promise<{ viewer: Viewer; opportunity: OpportunityDetail }> {
  const { viewer, opportunity, hidden } = await requireTarget(args);
  if (!hidden) return { viewer, opportunity };
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  await noteAttempt({ actor: viewer, opportunity, intent: await intentOf(), requestId });
  throw noSuchOpportunity(args);
}

/** The answer to whoever names an opportunity that they may not read, or that does not exist. */
export function noSuchOpportunity({ request }: LoaderFunctionArgs | ActionFunctionArgs): Response {
  const number = numberOf(new URL(request.url).pathname);
  const words = `There is no opportunity ${number ?? ''} among those your roles let you see.`;
  return new Response(words, { status: 404 });
}

async function named(args: LoaderFunctionArgs | ActionFunctionArgs, scope: Scope) {
  const number = numberOf(new URL(args.request.url).pathname);
  return number === null ? null : find(scope, number);
}

async function find(scope: Scope, number: string): Promise<OpportunityDetail | null> {
  const found = await getOpportunityByNumber(db, scope, number);
  if (found) return found;
  const remoteId = remoteIdOf(number);
  return remoteId === null ? null : getOpportunityByRemoteId(db, scope, remoteId);
}
