/** Of Prisma, of a socket, and of Postgres while it shuts down, starts, or takes no more connections. */
const codes = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006'],
]);

/** What the driver says without a code. */
const words =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|.*Unable to start a transaction in the given time)/;

/** What Prisma's adapter makes of a socket's fault; of a raw statement it is told in nothing else. */
const kinds = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
]);

interface Told {
  message: string;
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { kind?: unknown; originalCode?: unknown } } };
}

/** Whether an error says that the database is out of reach, so that the same may go through in a moment. */
export function isDatabaseOutage(error: unknown): boolean {
  // A file store's answer, whose client says of what went over the line how often it was tried.
  if (!(error instanceof Error) || '$metadata' in error) return false;
  const { message, code, meta } = error as Told;
  const { kind, originalCode } = meta?.driverAdapterError?.cause ?? {};
  const known = [code, originalCode].some((each) => typeof each === 'string' && codes.has(each));
  return known || (typeof kind === 'string' && kinds.has(kind)) || words.test(message);
}
