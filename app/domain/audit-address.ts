/** The parameters of an address that filter, in their order. */
export const auditParameters = ['kind', 'actor', 'subject', 'since', 'until', 'name'] as const;
export type AuditParameter = (typeof auditParameters)[number];
export type AuditChoice = Record<AuditParameter, string | null>;

/** An address with these parameters; those that are null or empty are left out. */
export function auditAddress(
  parameters: Partial<Record<AuditParameter | 'before', string | null>>,
  path = '/audit',
): string {
  const set = Object.entries(parameters).filter((pair): pair is [string, string] =>
    Boolean(pair[1]),
  );
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path;
}
