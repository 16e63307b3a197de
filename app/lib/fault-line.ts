/**
 * What went wrong in one line, for a log or the end of a command: the first line of its words, else its code
 * or its name. Prisma leaves the first line empty, shows the call that failed, and says why in the last.
 */
export function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [head = '', ...rest] = error.message.split('\n').map((line) => line.trim());
  const line = head || rest.findLast(Boolean);
  return line || (error as NodeJS.ErrnoException).code || error.name;
}
