import type { Scorecard } from '#app/domain/scorecard.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Any number, as long as nothing else locks it. */
const scorecardChanges = 734_502n;

/**
 * Lets one change of the scorecards at a time read and write, until its transaction ends. A lock on the
 * row in force would not do: who waits for it would not see the one that has taken its place.
 */
export async function lockScorecards(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${scorecardChanges}::bigint)`;
}

/** Begins a draft that asks what another scorecard asks. */
export async function createDraft(
  tx: Db,
  draft: {
    name: string;
    definition: Scorecard;
    basedOnId: string;
    by: { id: string; name: string };
  },
): Promise<string> {
  const row = await tx.scorecard.create({
    data: {
      name: draft.name,
      definition: draft.definition,
      basedOnId: BigInt(draft.basedOnId),
      createdById: draft.by.id,
      createdByName: draft.by.name,
    },
    select: { id: true },
  });
  return String(row.id);
}

/** Writes what a draft says, all of it, as its next revision. */
export async function writeDraft(
  tx: Db,
  id: string,
  { name, definition }: { name: string; definition: Scorecard },
): Promise<void> {
  await tx.scorecard.update({
    where: { id: BigInt(id) },
    data: { name, definition, revision: { increment: 1 } },
    select: { id: true },
  });
}

export async function deleteDraft(tx: Db, id: string): Promise<void> {
  await tx.scorecard.delete({ where: { id: BigInt(id) }, select: { id: true } });
}

/** Puts a draft in force in the place of another. In this order: only one may be in force. */
export async function replacePublished(
  tx: Db,
  { old, next, by }: { old: string; next: string; by: string },
): Promise<void> {
  await tx.scorecard.update({
    where: { id: BigInt(old) },
    data: { status: 'RETIRED' },
    select: { id: true },
  });
  await tx.scorecard.update({
    where: { id: BigInt(next) },
    data: { status: 'PUBLISHED', publishedAt: new Date(), publishedById: by },
    select: { id: true },
  });
}
