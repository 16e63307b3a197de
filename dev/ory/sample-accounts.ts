import type { SeedIdentity } from './types.ts';

/** The password of every sample account; printed by `npm start`. */
export const samplePassword = 'bqs-demo-password';

/** Identity ids of the sample accounts, fixed so that the database's sample rows can name them. */
export const sampleIdentityIds = {
  manager: 'b0000000-0000-4000-8000-000000000001',
  head: 'b0000000-0000-4000-8000-000000000002',
  architect: 'b0000000-0000-4000-8000-000000000003',
  sales: 'b0000000-0000-4000-8000-000000000004',
  newcomer: 'b0000000-0000-4000-8000-000000000005',
} as const;

const account = (who: keyof typeof sampleIdentityIds, first: string, last: string) => ({
  id: sampleIdentityIds[who],
  email: `${who}@example.test`,
  password: samplePassword,
  name: { first, last },
  verified: true,
});

/** One person for each role, and one who has none yet. */
export const sampleAccounts: (SeedIdentity & { id: string })[] = [
  account('manager', 'Maya', 'Manager'),
  account('head', 'Hugo', 'Head'),
  account('architect', 'Ada', 'Architect'),
  account('sales', 'Sam', 'Sales'),
  account('newcomer', 'Nora', 'Newcomer'),
];
