/** The address of the records that fail alike. */
export function quarantineGroupPath(
  { cause, field }: { cause: string; field: string | null },
  after?: string,
): string {
  const parameters = { cause, ...(field !== null && { field }), ...(after && { after }) };
  return `/sync/quarantine/group?${new URLSearchParams(parameters)}`;
}
