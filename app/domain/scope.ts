import type { Mandate } from './mandate.ts';
import { handsOn, mandatesOf, reachesOf, type Permission, type Reach } from './permissions.ts';
import type { Role, Viewer } from './roles.ts';

/** The rows a viewer reaches: every row, or those that match at least one of the conditions. */
export type Scope =
  | { all: true }
  | {
      all: false;
      practices: readonly string[];
      withoutPractice: boolean;
      assignedTo: string | null;
      ownerEmails: readonly string[];
    };

export const nowhere: Extract<Scope, { all: false }> = {
  all: false,
  practices: [],
  withoutPractice: false,
  assignedTo: null,
  ownerEmails: [],
};

/** One thing a permission is held by: a role of one's own, or one of somebody stood in for. */
export interface Grant {
  role: Role;
  /** Null in one's own right. */
  mandate: Mandate | null;
  /** What this grant alone reaches. */
  scope: Scope;
}

/**
 * Everything the viewer holds the permission by, their own roles first. Each reaches by its own person's
 * practices and address, so what one role opens is never widened by another person's.
 */
export function grantsOf(viewer: Viewer, permission: Permission): Grant[] {
  const own = viewer.roles.map((role) => ({ role, mandate: null, scope: reach(role, viewer) }));
  const others = mandatesOf(viewer)
    .filter(({ role }) => handsOn(role, permission))
    .map((mandate) => ({
      role: mandate.role,
      mandate,
      scope: reach(mandate.role, { ...mandate, id: null }),
    }));
  return [...own, ...others].flatMap(({ scope, ...grant }) => (scope ? [{ ...grant, scope }] : []));

  function reach(role: Role, person: Reaching): Scope | null {
    const reaches = reachesOf(role, permission);
    return reaches.length > 0 ? scopeOfReaches(reaches, person) : null;
  }
}

/** The rows on which the viewer holds the permission; null where the permission is not held. */
export function scopeOf(viewer: Viewer, permission: Permission): Scope | null {
  const scopes = grantsOf(viewer, permission).map(({ scope }) => scope);
  return scopes.length > 0 ? scopes.reduce(joined) : null;
}

/** What the permission is held by on one row, one's own first. Empty exactly where the row is out of scope. */
export function grantsOn(viewer: Viewer, permission: Permission, row: ScopedRow): Grant[] {
  return grantsOf(viewer, permission).filter(({ scope }) => inScope(scope, row));
}

/** The mandate that doing this to the row takes; null where it is done in the viewer's own right. */
export function mandateFor(viewer: Viewer, permission: Permission, row: ScopedRow): Mandate | null {
  return grantsOn(viewer, permission, row)[0]?.mandate ?? null;
}

/** What of an opportunity says in whose scope it lies. */
export interface ScopedRow {
  practice: string | null;
  assignedSa: string | null;
  salesOwnerEmail: string | null;
}

/** Whether one opportunity lies in a scope. */
export function inScope(scope: Scope | null, row: ScopedRow): boolean {
  if (!scope) return false;
  if (scope.all) return true;
  if (row.practice === null) {
    if (scope.withoutPractice) return true;
  } else if (scope.practices.includes(row.practice)) return true;
  if (scope.assignedTo && row.assignedSa === scope.assignedTo) return true;
  const owner = row.salesOwnerEmail?.toLowerCase();
  return scope.ownerEmails.some((email) => email.toLowerCase() === owner);
}

/** Whose practices and address a role reaches by; `id` null reaches nothing by assignment. */
interface Reaching {
  id: string | null;
  practices: readonly string[];
  verifiedEmail: string | null;
}

function scopeOfReaches(reaches: readonly Reach[], person: Reaching): Scope {
  if (reaches.includes('all')) return { all: true };
  const unset = reaches.includes('own-practices-and-unset');
  const email = reaches.includes('own-sales') ? person.verifiedEmail : null;
  return {
    all: false,
    practices: unset || reaches.includes('own-practices') ? person.practices : [],
    withoutPractice: unset,
    assignedTo: reaches.includes('assigned') ? person.id : null,
    ownerEmails: email === null ? [] : [email],
  };
}

/** The rows of either. Exact, since one permission's scopes differ in nothing that two of them could both need. */
function joined(one: Scope, other: Scope): Scope {
  if (one.all || other.all) return { all: true };
  return {
    all: false,
    practices: [...new Set([...one.practices, ...other.practices])],
    withoutPractice: one.withoutPractice || other.withoutPractice,
    assignedTo: one.assignedTo ?? other.assignedTo,
    ownerEmails: [...new Set([...one.ownerEmails, ...other.ownerEmails])],
  };
}
