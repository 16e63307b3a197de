import { randomInt } from 'node:crypto';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';

/** Writes one opportunity as the sync would have left it. */
export async function createOpportunity(
  db: Db,
  draft: Partial<Prisma.OpportunityUncheckedCreateInput> = {},
): Promise<{ id: string; remoteNumber: string | null }> {
  const remoteId = BigInt(300_000_000_000_000 + randomInt(2 ** 40));
  const row = await db.opportunity.create({
    data: {
      remoteId,
      remoteNumber: `N-${remoteId}`,
      name: 'Data platform',
      customer: 'Example Retail',
      practice: 'Data & AI',
      dealValue: '1250000.50',
      currency: 'EUR',
      closeDate: new Date('2027-03-31'),
      stage: 'Propose',
      crmStatus: 'OPEN',
      raw: {},
      contentHash: Buffer.from('00', 'hex'),
      ...draft,
    },
    select: { id: true, remoteNumber: true },
  });
  return { id: String(row.id), remoteNumber: row.remoteNumber };
}
