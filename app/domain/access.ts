import { unmetBy } from './needs.ts';
import type { Facts, Refusal } from './judge.ts';
import { grantsOf, grantsOn, permissions, type Grant, type Permission } from './permissions.ts';
import type { Viewer } from './roles.ts';
import type { Need } from './transitions.ts';

/** One permission somebody holds, by what, and how far that reaches in words; null where it is of no rows. */
export interface AccessLine {
  permission: Permission;
  grant: Grant;
  reach: string | null;
}

/** Everything a person can do and why, from the very functions that guard it. */
export function explainAccess(viewer: Viewer): AccessLine[] {
  return permissions.flatMap((permission) =>
    grantsOf(viewer, permission).map((grant) => ({
      permission,
      grant,
      reach: isOfRows(permission) ? reachWords(grant) : null,
    })),
  );
}

/** What can be done with one opportunity. */
export const rowPermissions = permissions.filter(isOfRows);

/** What one person can do with one opportunity, by what, and what keeps them from it this time. */
export interface RowAccess {
  permission: Permission;
  grant: Grant;
  /** A duty of theirs, or of whom they stand in for, that this act must stay apart from. */
  barred: Refusal | null;
}

/** Why a person can do what with an opportunity; no line for what they cannot. */
export function explainRow(viewer: Viewer, facts: Facts): RowAccess[] {
  return rowPermissions.flatMap((permission) => {
    const need = dutyOf[permission];
    return grantsOn(viewer, permission, facts).map((grant) => ({
      permission,
      grant,
      barred: need ? unmetBy(need, viewer, grant.mandate, facts) : null,
    }));
  });
}

/** Who judges must not have done what is judged; the transitions say the same of each intent. */
const dutyOf: Partial<Record<Permission, Need>> = {
  'recommend:opportunity': 'another-assessor',
  'decide:opportunity': 'another-recommender',
};

function isOfRows(permission: Permission): boolean {
  return permission.endsWith(':opportunity');
}

/** Which opportunities a grant reaches. */
function reachWords({ scope, mandate, role }: Grant): string {
  if (scope.all) return 'every opportunity';
  const whose = mandate ? mandate.absent.name : 'them';
  const parts = [
    scope.practices.length > 0 ? `those of ${scope.practices.join(', ')}` : null,
    scope.withoutPractice ? 'those without a practice' : null,
    scope.assignedTo ? `those assigned to ${whose}` : null,
    scope.ownerEmails.length > 0 ? `those sold by ${scope.ownerEmails.join(', ')}` : null,
  ].filter((part) => part !== null);
  if (parts.length > 0) return parts.join('; ');
  return role === 'SALES' ? 'none: no verified address' : 'none: no practice';
}

/** What keeps somebody from judging an opportunity, said of them. */
export function barredWords(refusal: Refusal): string {
  switch (refusal) {
    case 'own-assessment':
      return 'assessed it';
    case 'absent-assessment':
      return 'whom they stand in for assessed it';
    case 'own-recommendation':
      return 'recommended on it';
    case 'absent-recommendation':
      return 'whom they stand in for recommended on it';
    default:
      return refusal.replaceAll('-', ' ');
  }
}
