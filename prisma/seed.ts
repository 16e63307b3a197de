import { sampleAccounts } from '#dev/ory/sample-accounts.ts';
import { db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { system } from '#app/domain/audit.ts';
import { sampleRoles } from './sample-roles.ts';

/**
 * Gives the sample accounts their roles and practices, audited, in a database where nobody holds a
 * role yet; elsewhere it changes nothing.
 */
export async function seedSampleRoles(): Promise<void> {
  await db.$transaction(async (tx) => {
    if (await tx.userRole.count()) return;
    for (const { id, email, name } of sampleAccounts) {
      const user = await tx.user.upsert({
        where: { oryIdentityId: id },
        create: {
          oryIdentityId: id,
          email,
          emailVerified: true,
          name: `${name.first} ${name.last}`,
        },
        update: {},
      });
      const { roles = [], practices = [] } = sampleRoles[email] ?? {};
      const subject = { type: 'user' as const, id: user.id, name: user.name };
      for (const role of roles) {
        await tx.userRole.create({ data: { userId: user.id, role } });
        await recordEvent(tx, { kind: 'role.granted', actor: system, subject, data: { role } });
      }
      for (const practice of practices) {
        const { id: practiceId } = await tx.practice.upsert({
          where: { name: practice },
          create: { name: practice },
          update: {},
        });
        await tx.userPractice.create({ data: { userId: user.id, practiceId } });
        const data = { practiceId: String(practiceId), practice };
        await recordEvent(tx, { kind: 'practice.member_added', actor: system, subject, data });
      }
    }
  });
}
