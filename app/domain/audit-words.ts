import { roleNames, roleSchema } from './roles.ts';

/** The data of an audit event as pairs of words, for reading. */
export function auditDetails(data: Record<string, unknown>): { label: string; value: string }[] {
  return Object.entries(data)
    .filter(([key]) => !key.endsWith('Id'))
    .map(([key, value]) => ({ label: labelOf(key), value: valueOf(value) }));
}

function labelOf(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.replace(/^crm /, 'CRM ');
}

function valueOf(value: unknown): string {
  if (value === null || value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const role = roleSchema.safeParse(value);
  if (role.success) return roleNames[role.data];
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[A-Z][A-Z_]+$/.test(value) ? value.replaceAll('_', ' ').toLowerCase() : value;
}
