import { sampleAccounts } from '#dev/ory/sample-accounts.ts';
import type { Role } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import { createUser } from './user.ts';

const holders: Record<string, { roles: Role[]; practices?: string[] }> = {
  'manager@example.test': { roles: ['MANAGER'] },
  'head@example.test': { roles: ['PRACTICE_HEAD'], practices: ['Cloud & Infrastructure'] },
  'architect@example.test': { roles: ['SOLUTION_ARCHITECT'], practices: ['Data & AI'] },
  'sales@example.test': { roles: ['SALES'] },
  'newcomer@example.test': { roles: [] },
};

/**
 * Writes the five sample accounts with the roles their names promise; the newcomer has none. `ids` are
 * their identities where the identity server gave them others.
 */
export async function createSamplePeople(db: Db, ids: Record<string, string> = {}): Promise<void> {
  for (const { id, email, name, verified } of sampleAccounts) {
    await createUser(db, {
      oryIdentityId: ids[email] ?? id,
      email,
      emailVerified: verified,
      name: `${name.first} ${name.last}`,
      ...holders[email],
    });
  }
}
