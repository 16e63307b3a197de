import { type RoleRefusal, roleNames, type Role } from './roles.ts';

/** Why a change of roles or practices was refused. */
export type ChangeRefusal = RoleRefusal | 'not-allowed' | 'unknown-user';

/** A refusal in words for whoever asked. */
export function refusalWords(reason: ChangeRefusal, role: Role): string {
  switch (reason) {
    case 'own-manager-role':
      return 'Nobody changes their own manager role. Ask another manager.';
    case 'last-manager':
      return 'This is the last manager. Make somebody else a manager first.';
    case 'not-allowed':
      return `You may not change who is ${roleNames[role].toLowerCase()}: your own roles have changed.`;
    case 'unknown-user':
      return 'There is no such person in BQS.';
  }
}
