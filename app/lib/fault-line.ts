/**
 * What went wrong in one line, for a log or the end of a command: the first line of its words, else its code
 * or its name. Prisma leaves the first line empty, shows the call that failed, and says why in the last.
 */
export function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lines = error.message.trimEnd().split('\n');
  const line = lines[0] || lines.at(-1);
  return line || (error as NodeJS.ErrnoException).code || error.name;
}
