import type { Audience, Topic } from '#app/domain/notification.ts';
import { rolesWith, type Permission } from '#app/domain/permissions.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { activePerson } from './active-person.server.ts';
import { withStandIns } from './mandate.server.ts';

export interface Notice {
  topic: Topic;
  title: string;
  body: string;
  /** Where in BQS it leads. */
  path: string;
  opportunityId: string | null;
}

/**
 * Leaves a notice for each of these people who is still active, whom a worker then mails as they have
 * chosen. Give it the transaction of what it tells of.
 */
export async function notify(tx: Db, userIds: Iterable<string>, notice: Notice): Promise<void> {
  const { opportunityId, ...rest } = notice;
  const active = await tx.user.findMany({
    where: { id: { in: [...new Set(userIds)] }, ...activePerson },
    select: { id: true },
  });
  const data = active.map(({ id: userId }) => ({
    ...rest,
    userId,
    opportunityId: opportunityId === null ? null : BigInt(opportunityId),
  }));
  if (data.length > 0) await tx.notification.createMany({ data });
}

/** The people of an audience of one opportunity and their stand-ins, as roles and practices stand now. */
export async function peopleOf(
  tx: Db,
  audience: Audience,
  about: { opportunityId: string; practice: string | null; assignedSa: string | null },
): Promise<string[]> {
  switch (audience) {
    case 'assessor':
      return about.assignedSa ? [about.assignedSa] : [];
    case 'managers':
      return holders(tx, 'MANAGER');
    case 'practice-heads':
      return practiceHeads(tx, about.practice);
    case 'involved':
      return involved(tx, about.opportunityId);
  }
}

/** Everybody who holds a permission, on any row at all. */
export async function peopleHolding(tx: Db, permission: Permission): Promise<string[]> {
  const rows = await tx.userRole.findMany({ where: { role: { in: rolesWith(permission) } } });
  return rows.map(({ userId }) => userId);
}

/** Those who head the practice; all who head any where the opportunity has none. */
async function practiceHeads(tx: Db, practice: string | null): Promise<string[]> {
  const inPractice = practice !== null && {
    user: { practices: { some: { practice: { name: practice } } } },
  };
  return holders(tx, 'PRACTICE_HEAD', inPractice || {});
}

/** Its architect, its seller, and whoever assessed, recommended, decided or wrote about it. */
async function involved(tx: Db, opportunityId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH o AS (SELECT * FROM opportunities WHERE id = ${BigInt(opportunityId)})
    SELECT assigned_sa::text AS id FROM o WHERE assigned_sa IS NOT NULL
    UNION SELECT u.id::text FROM users u JOIN o ON lower(o.sales_owner_email) = lower(u.email)
      WHERE u.email_verified
    UNION SELECT assessor_id::text FROM assessments a JOIN o ON a.opportunity_id = o.id
      WHERE assessor_id IS NOT NULL
    UNION SELECT recommended_by::text FROM recommendations r JOIN o ON r.opportunity_id = o.id
      WHERE recommended_by IS NOT NULL
    UNION SELECT decided_by::text FROM decisions d JOIN o ON d.opportunity_id = o.id
      WHERE decided_by IS NOT NULL
    UNION SELECT author_id::text FROM comments c JOIN o ON c.opportunity_id = o.id
      WHERE author_id IS NOT NULL`;
  return rows.map(({ id }) => id);
}

async function holders(tx: Db, role: Role, where: Prisma.UserRoleWhereInput = {}) {
  const rows = await tx.userRole.findMany({ where: { role, ...where } });
  return withStandIns(
    tx,
    role,
    rows.map(({ userId }) => userId),
  );
}
