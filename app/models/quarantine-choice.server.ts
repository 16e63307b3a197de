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
 * Locks what a person chose of a group and answers what of it is still in quarantine, in the order it came.
 * Whoever else chose the same waits until this transaction ends, and then finds it resolved.
 */
export async function lockChosen(
  tx: Db,
  { cause, field }: GroupKey,
  choice: QuarantineChoice,
): Promise<ChosenRecord[]> {
  const chosen =
    choice.of === 'group'
      ? Prisma.sql`id <= ${choice.upTo}`
      : Prisma.sql`id = ANY (${choice.ids}::bigint[])`;
  return tx.$queryRaw<ChosenRecord[]>`
    SELECT id, remote_id AS "remoteId", remote_number AS "remoteNumber" FROM sync_quarantine
    WHERE resolved_at IS NULL AND cause = ${cause} AND field IS NOT DISTINCT FROM ${field} AND ${chosen}
    ORDER BY id FOR UPDATE`;
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
