import { system } from '#app/domain/audit.ts';
import type { Identity } from '#app/domain/identity.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { PrismaClient } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { recordEvent } from './audit-event.server.ts';
import { isActive } from './active-person.server.ts';
import { displayName, toViewer, viewerSelect, type ViewerRow } from './user.server.ts';

const seenEvery = 5 * 60_000;

/** A person of a request. Who is not `active` holds nothing, whatever the tables say. */
export interface Mirrored extends Viewer {
  active: boolean;
}

/**
 * The person behind an identity, mirrored at their first request and written again only when the
 * address, its verification or the name has changed.
 */
export async function mirrorIdentity(
  db: PrismaClient,
  identity: Identity,
  now = new Date(),
): Promise<Mirrored> {
  const where = { oryIdentityId: identity.id };
  const select = viewerSelect(now);
  let row = await db.user.findUnique({ where, select });
  if (!row) {
    const { email, emailVerified, name } = identity;
    const values = { email, emailVerified, name };
    // With values to update it is one statement, which several first requests at once can share.
    await db.user.upsert({ where, create: { ...where, ...values }, update: values });
  } else await followIdentity(db, row, identity);
  if (!row || !matches(row, identity)) {
    row = await db.user.findUniqueOrThrow({ where, select });
  }
  const active = isActive(row);
  if (active) await noteSeen(db, row, now);
  return { ...toViewer(row), active };
}

/**
 * Writes to a person's row what has changed of their identity, with one event however many notice it at
 * once. An identity that was taken for gone and is there again brings its person back.
 */
export async function followIdentity(
  db: PrismaClient,
  row: Pick<ViewerRow, 'id' | 'email' | 'emailVerified' | 'name' | 'deletedAt'>,
  { email, emailVerified, name }: Identity,
): Promise<'unchanged' | 'changed' | 'returned'> {
  const values = { email, emailVerified, name };
  const fields = (['email', 'emailVerified', 'name'] as const).filter(
    (field) => row[field] !== values[field],
  );
  if (fields.length === 0 && row.deletedAt === null) return 'unchanged';
  const { id, deletedAt, ...before } = row;
  const seen = { id, deletedAt, email: before.email, emailVerified: before.emailVerified };
  return db.$transaction(async (tx) => {
    const data = { ...values, deletedAt: null };
    const { count } = await tx.user.updateMany({ where: { ...seen, name: before.name }, data });
    if (count === 0) return 'unchanged';
    const about = {
      actor: system,
      subject: { type: 'user' as const, id, name: displayName(values) },
    };
    if (deletedAt) await recordEvent(tx, { kind: 'person.identity_returned', ...about, data: {} });
    if (fields.length > 0) {
      const data = { fields, before: before.email, after: email };
      await recordEvent(tx, { kind: 'person.identity_changed', ...about, data });
    }
    return deletedAt ? 'returned' : 'changed';
  });
}

function matches(row: ViewerRow, identity: Identity): boolean {
  return (
    row.email === identity.email &&
    row.emailVerified === identity.emailVerified &&
    row.name === identity.name &&
    row.deletedAt === null
  );
}

/** At most one write in five minutes, however many requests come at once. */
async function noteSeen(db: Db, row: ViewerRow, now: Date): Promise<void> {
  const before = new Date(now.getTime() - seenEvery);
  if (row.lastSeenAt && row.lastSeenAt >= before) return;
  await db.user.updateMany({
    where: { id: row.id, OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: before } }] },
    data: { lastSeenAt: now },
  });
}
