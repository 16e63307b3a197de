import { z } from 'zod';
import type { Mandate } from './mandate.ts';

/** What a person may be in BQS. One person may hold several. */
export const roles = ['MANAGER', 'PRACTICE_HEAD', 'SOLUTION_ARCHITECT', 'SALES'] as const;

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const roleNames: Record<Role, string> = {
  MANAGER: 'Manager',
  PRACTICE_HEAD: 'Practice head',
  SOLUTION_ARCHITECT: 'Solution architect',
  SALES: 'Sales',
};

/** What somebody who holds a role is called in a sentence. */
export const holderNames: Record<Role, string> = {
  MANAGER: 'manager',
  PRACTICE_HEAD: 'practice head',
  SOLUTION_ARCHITECT: 'solution architect',
  SALES: 'seller',
};

/** The signed-in person of a request: authority from user_roles, never from the identity's traits. */
export interface Viewer {
  /** users.id */
  id: string;
  name: string;
  /** Null unless the identity server has verified it. */
  verifiedEmail: string | null;
  roles: readonly Role[];
  /** Names of the practices this person heads or works in. */
  practices: readonly string[];
  /** Whom this person stands in for today. Apart from the roles above: none adds to another. */
  standsInFor: readonly Mandate[];
}

export type RoleRefusal = 'last-manager' | 'own-manager-role';

/**
 * Whether `actor` may change whether `holder` holds `role`; null means yes. `managers` counts all
 * managers before the change.
 */
export function refuseRoleChange(change: {
  actorId: string;
  holderId: string;
  role: Role;
  grant: boolean;
  managers: number;
}): RoleRefusal | null {
  if (change.role !== 'MANAGER') return null;
  if (change.actorId === change.holderId) return 'own-manager-role';
  if (!change.grant && change.managers <= 1) return 'last-manager';
  return null;
}
