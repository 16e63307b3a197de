import type { Permission } from './permissions.ts';

/**
 * The permissions whose pages no remembered session opens, beside all of `manage:`: those where a second
 * factor may be asked for, and where everybody's acts or everybody's access are read.
 */
const afresh: readonly Permission[] = ['read:audit', 'review:access', 'decide:opportunity'];

/** Whether the identity server is asked about the session at every use of a permission, cache or not. */
export function asksAfresh(permission: Permission): boolean {
  return permission.startsWith('manage:') || afresh.includes(permission);
}
