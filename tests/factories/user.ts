import { randomUUID } from 'node:crypto';
import type { Role } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';

export interface UserDraft {
  oryIdentityId?: string;
  name?: string;
  email?: string;
  emailVerified?: boolean;
  roles?: readonly Role[];
  /** Names; a practice that is not there yet is added. */
  practices?: readonly string[];
}

/** Writes a person as they would stand after their first request, with roles and practices. */
export async function createUser(
  db: Db,
  draft: UserDraft = {},
): Promise<{ id: string; name: string }> {
  const oryIdentityId = draft.oryIdentityId ?? randomUUID();
  const name = draft.name ?? `Person ${oryIdentityId.slice(0, 8)}`;
  const values = {
    name,
    email: draft.email ?? `${oryIdentityId.slice(0, 8)}@example.test`,
    emailVerified: draft.emailVerified ?? true,
  };
  const { id } = await db.user.upsert({
    where: { oryIdentityId },
    create: { oryIdentityId, ...values },
    update: values,
    select: { id: true },
  });
  const roles = (draft.roles ?? []).map((role) => ({ userId: id, role }));
  await db.userRole.createMany({ data: roles, skipDuplicates: true });
  for (const practice of draft.practices ?? []) {
    const { id: practiceId } = await db.practice.upsert({
      where: { name: practice },
      create: { name: practice },
      update: {},
      select: { id: true },
    });
    await db.userPractice.createMany({ data: { userId: id, practiceId }, skipDuplicates: true });
  }
  return { id, name };
}
