import type { LoaderFunctionArgs } from '@remix-run/node';
import { db } from '#app/lib/db.server.ts';
import { findMemo, type StoredMemo } from '#app/models/memo.server.ts';
import { requireOpportunity } from './require-opportunity.server.ts';

/** The memo that the address names, of an opportunity the viewer may read. Throws 404 for any other. */
export async function requireMemo(args: LoaderFunctionArgs) {
  const { viewer, opportunity } = await requireOpportunity(args);
  const stored = await find(opportunity.id, args.params.decision ?? '');
  if (stored) return { viewer, opportunity, stored };
  const words = `There is no decision memo ${args.params.decision ?? ''} of this opportunity.`;
  throw new Response(words, { status: 404 });
}

async function find(opportunityId: string, decision: string): Promise<StoredMemo | null> {
  return /^[1-9]\d{0,17}$/.test(decision) ? findMemo(db, opportunityId, decision) : null;
}
