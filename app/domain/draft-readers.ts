import { inScope, scopeOf, type Permission } from './permissions.ts';
import type { Viewer } from './roles.ts';

/** Who works on an assessment before it is on record; everybody else waits until it is submitted. */
const permissions: readonly Permission[] = [
  'assess:opportunity',
  'recommend:opportunity',
  'decide:opportunity',
];

/** Whether the viewer may look into an assessment of this opportunity that is not submitted yet. */
export function mayReadDraft(
  viewer: Viewer,
  row: { practice: string | null; assignedSa: string | null; salesOwnerEmail: string | null },
): boolean {
  return permissions.some((permission) => inScope(scopeOf(viewer, permission), row));
}
