import type { QuarantineChoice } from '#app/domain/quarantine-form.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { GroupKey } from './sync-quarantine.server.ts';

export interface ChosenRecord {
  id: bigint;
  remoteId: string | null;
  remoteNumber: string | null;
}

/**
 * Locks what a person chose of a group and answers what of it is still in quarantine, in the order it came,
 * at most `limit` of it. Whoever else chose the same waits until this transaction ends, and then finds it
 * resolved.
 */
export async function lockChosen(
  tx: Db,
  group: GroupKey,
  choice: QuarantineChoice,
  limit: number | null = null,
): Promise<ChosenRecord[]> {
  return tx.$queryRaw<ChosenRecord[]>`
    SELECT id, remote_id AS "remoteId", remote_number AS "remoteNumber" FROM sync_quarantine
    WHERE ${isChosen(group, choice)} ORDER BY id LIMIT ${limit}::int FOR UPDATE`;
}

/** How many records of what a person chose of a group are still in quarantine. */
export async function countChosen(
  db: Db,
  group: GroupKey,
  choice: QuarantineChoice,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM sync_quarantine WHERE ${isChosen(group, choice)}`;
  return row!.count;
}

function isChosen({ cause, field }: GroupKey, choice: QuarantineChoice): Prisma.Sql {
  const chosen =
    choice.of === 'group'
      ? Prisma.sql`id <= ${choice.upTo}`
      : Prisma.sql`id = ANY (${choice.ids}::bigint[])`;
  return Prisma.sql`
    resolved_at IS NULL AND cause = ${cause} AND field IS NOT DISTINCT FROM ${field} AND ${chosen}`;
}

/** Settles records as discarded; they stay whole. */
export async function discardRecords(
  tx: Db,
  ids: bigint[],
  { actor, reason }: { actor: { id: string; name: string }; reason: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sync_quarantine SET resolved_at = now(), resolution = 'DISCARDED', resolved_by = ${actor.id}::uuid,
      resolved_by_name = ${actor.name}, resolved_reason = ${reason}
    WHERE id = ANY (${ids}::bigint[])`;
}
