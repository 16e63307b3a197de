import { changeRole, type RoleChange } from './change-role.server.ts';

/** Takes a role from a person: never one's own manager role, never the last manager's. */
export const revokeRole = (change: RoleChange) => changeRole(change, false);
