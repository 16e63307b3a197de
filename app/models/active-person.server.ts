import { Prisma } from '#app/generated/prisma/client.ts';

/** Whose roles count: neither deactivated in BQS nor gone from Ory. */
export const activePerson = {
  deactivatedAt: null,
  deletedAt: null,
} satisfies Prisma.UserWhereInput;

/** The same for SQL, where the users are called `u`. */
export const activeUser = Prisma.sql`u.deactivated_at IS NULL AND u.deleted_at IS NULL`;

/** Whether a user `u` has been invited and has not come yet. */
export const awaitedUser = Prisma.sql`(u.invited_at IS NOT NULL AND u.last_seen_at IS NULL)`;

/** The same as `activePerson` for a row at hand. */
export function isActive(row: { deactivatedAt: Date | null; deletedAt: Date | null }): boolean {
  return row.deactivatedAt === null && row.deletedAt === null;
}
