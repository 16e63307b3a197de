import type { Basis } from '#app/domain/staleness.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Keeps what the CRM says now as what an assessment rests on. */
export async function keepBasis(
  tx: Db,
  about: { assessmentId: string; opportunityId: string; now: Basis },
): Promise<void> {
  const { dealValue, currency, closeDate, stage, crmStatus, gone } = about.now;
  const basis = {
    dealValue,
    currency,
    stage,
    crmStatus,
    gone,
    takenAt: new Date(),
    closeDate: closeDate === null ? null : new Date(closeDate),
  };
  const assessmentId = BigInt(about.assessmentId);
  await tx.assessmentBasis.upsert({
    where: { assessmentId },
    create: { assessmentId, opportunityId: BigInt(about.opportunityId), ...basis },
    update: basis,
  });
}

/** Closes the open stale marks of an opportunity by name. Returns the fields they were about. */
export async function resolveMarks(
  tx: Db,
  opportunityId: string,
  resolution: 'STILL_HOLDS' | 'RENEWED',
  by: { id: string; name: string },
): Promise<string[]> {
  const where: Prisma.StaleMarkWhereInput = {
    opportunityId: BigInt(opportunityId),
    resolvedAt: null,
  };
  const open = await tx.staleMark.findMany({ where, select: { field: true } });
  await tx.staleMark.updateMany({
    where,
    data: { resolution, resolvedAt: new Date(), resolvedById: by.id, resolvedByName: by.name },
  });
  return open.map(({ field }) => field);
}
