import pino from 'pino';
import { env } from './env.server.ts';

/** One JSON line an event on stdout. Give it ids and counts, never a person's data or a secret. */
export const log = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: ['*.password', '*.cookie', '*.authorization', '*.token', 'headers'],
});
