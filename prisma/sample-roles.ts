import type { Role } from '#app/domain/roles.ts';

/** What the sample people are; the newcomer is nobody yet. */
export const sampleRoles: Record<string, { roles: Role[]; practices: string[] }> = {
  'manager@example.test': { roles: ['MANAGER'], practices: [] },
  'head@example.test': {
    roles: ['PRACTICE_HEAD'],
    practices: ['Cloud & Infrastructure', 'Data & AI'],
  },
  'architect@example.test': { roles: ['SOLUTION_ARCHITECT'], practices: ['Data & AI'] },
  'sales@example.test': { roles: ['SALES'], practices: [] },
};
