import { changeRole, type RoleChange } from './change-role.server.ts';

/** Gives a person a role. Granting what they hold already changes nothing and is no refusal. */
export const grantRole = (change: RoleChange) => changeRole(change, true);
