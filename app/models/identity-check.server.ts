import { noCounts, type CheckCounts } from '#app/domain/identity-check.ts';
import type { Db } from '#app/lib/db.server.ts';
import { displayName } from './user.server.ts';

export interface IdentityCheck {
  completedAt: Date;
  /** Null where a worker did it by the clock. */
  by: string | null;
  outcome: 'DONE' | 'HELD' | 'FAILED';
  counts: CheckCounts;
  message: string | null;
}

/** The latest comparison with Ory; null before the first. */
export async function latestIdentityCheck(db: Db): Promise<IdentityCheck | null> {
  const row = await db.identityCheck.findFirst({
    orderBy: { id: 'desc' },
    include: { requestedBy: { select: { name: true, email: true } } },
  });
  if (!row) return null;
  const { completedAt, outcome, message, requestedBy } = row;
  const counts = { ...noCounts, ...(row.counts as Partial<CheckCounts>) };
  return { completedAt, outcome, message, counts, by: requestedBy && displayName(requestedBy) };
}

/** Everybody BQS knows, as far as a comparison looks at them. */
export async function listMirrored(db: Db) {
  return db.user.findMany({
    select: {
      id: true,
      oryIdentityId: true,
      name: true,
      email: true,
      emailVerified: true,
      deactivatedAt: true,
      deactivatedById: true,
      identityClosedAt: true,
      deletedAt: true,
    },
    orderBy: { id: 'asc' },
  });
}
export type MirroredPerson = Awaited<ReturnType<typeof listMirrored>>[number];

/** Notes when these people were last found in Ory. */
export async function noteChecked(db: Db, ids: string[], at: Date): Promise<void> {
  const data = { identityCheckedAt: at };
  await db.user.updateMany({ where: { id: { in: ids } }, data });
}
