import { listed } from './listed.ts';
import type { StandInRole } from './mandate.ts';
import { standInTable, type Permission } from './permissions.ts';

/** What each permission lets one do, as a sentence goes on after "may". */
export const permissionWords: Record<Permission, string> = {
  'read:opportunity': 'read opportunities',
  'assign:opportunity': 'assign architects',
  'assess:opportunity': 'assess opportunities',
  'comment:opportunity': 'add comments or files',
  'recommend:opportunity': 'recommend GO or NO-GO',
  'decide:opportunity': 'decide GO or NO-GO',
  'manage:roles': 'grant roles and practices',
  'review:access': 'review who can do what',
  'run:sync': 'run the sync',
  'read:sync': 'follow the sync',
  'manage:quarantine': 'work off the quarantine',
  'manage:scorecards': 'change scorecards',
  'manage:calendar': 'change the calendar',
  'read:audit': 'read the audit',
  'read:freshness': 'see how fresh the data is',
};

/** What a stand-in for this role may do, in words. */
export function standInWords(role: StandInRole): string {
  return listed(standInTable[role].map((permission) => permissionWords[permission]));
}
