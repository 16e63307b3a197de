import pino from 'pino';
import { env } from './env.server.ts';
import { redactLine, secretsOf } from './log-redaction.ts';

const secrets = secretsOf(env);

/**
 * One JSON line an event on stdout. Give it ids and counts, never a person's data or a secret; what an error
 * of a library quotes all the same is taken out of the line.
 */
export const log = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: ['*.password', '*.cookie', '*.authorization', '*.token', 'headers'],
  hooks: { streamWrite: (line) => redactLine(line, secrets) },
});
