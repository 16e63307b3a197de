import { z } from 'zod';
import { isIP } from 'node:net';
import { isCron } from '#app/domain/schedule.ts';
import { parseLimits, parseStepUpActs, stepUpActs } from '#app/domain/step-up.ts';
import { parseWorkingHours } from '#app/domain/working-time.ts';

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const withoutSlash = url.transform((value) => value.replace(/\/+$/, ''));
const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number({ error }).int(error).min(from, error).max(to, error);
};
const field = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a CRM field');
const mailbox = /^([^<>\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u;
/** What `parse` reads out of a text; null there is an error here. */
const read = <T>(parse: (text: string) => T | null, error: string) =>
  z.string().transform((text, context) => {
    const parsed = parse(text);
    if (parsed === null) context.addIssue({ code: 'custom', message: error });
    return parsed ?? z.NEVER;
  });
const cron = z
  .string()
  .refine(isCron, 'must be a cron expression of five fields, such as 0 2 * * 0');
const oneOf = <const T extends readonly string[]>(...words: T) =>
  z.enum(words, { error: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` });
/** What a browser takes for the name of a cookie (RFC 6265). */
const cookieName = z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'must be the name of a cookie');

/** Every key BQS reads; `.env.example` explains each, and a test keeps the two equal. */
export const environmentSchema = z.object({
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  APP_URL: withoutSlash.optional(),
  PORT: whole(1, 65_535).default(3000),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent').default('info'),
  BQS_DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
  FIRST_MANAGER_EMAIL: z.email({ error: 'must be an e-mail address' }).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine(
      (proxies) => proxies.every(isProxy),
      'must be addresses or networks such as 10.0.0.1, 10.0.0.0/8',
    )
    .default([]),
  RATE_LIMITS: oneOf('on', 'off').default('on'),
  RATE_LIMIT_FACTOR: whole(1, 10_000).default(1),

  ORY_PUBLIC_URL: withoutSlash,
  ORY_ADMIN_URL: withoutSlash,
  ORY_API_KEY: z.string().optional(),
  ORY_SESSION_COOKIE: cookieName.default('ory_kratos_session'),
  SESSION_CACHE_SECONDS: whole(0, 60).default(0),
  REQUIRE_AAL2_FOR: read(parseStepUpActs, `must be a list of ${stepUpActs.join(', ')}`).default([]),
  STEP_UP_AMOUNT: read(
    parseLimits,
    'must be amounts such as 1000000 EUR, 1200000 USD, each currency once',
  ).optional(),
  STEP_UP_MINUTES: whole(1, 1440).default(15),

  ORACLE_BASE_URL: withoutSlash,
  ORACLE_USERNAME: z.string().optional(),
  ORACLE_PASSWORD: z.string().optional(),
  ORACLE_TOKEN_URL: url.optional(),
  ORACLE_CLIENT_ID: z.string().optional(),
  ORACLE_CLIENT_SECRET: z.string().optional(),
  ORACLE_SCOPE: z.string().optional(),
  ORACLE_API_VERSION: z.string().default('11.13.18.05'),
  ORACLE_FRAMEWORK_VERSION: whole(1, 9).default(4),
  ORACLE_PAGE_SIZE: whole(1, 500).default(499),
  ORACLE_CONCURRENCY: whole(1, 4).default(2),
  ORACLE_DELTA_LITERAL: oneOf('date', 'timestamp').default('date'),
  ORACLE_TIMEOUT_SECONDS: whole(1, 600).default(90),
  ORACLE_FINDER: z.string().optional(),
  ORACLE_PRACTICE_FIELD: field.default('Practice_c'),
  ORACLE_GEO_FIELD: field.default('GEO_c'),
  ORACLE_REGION_FIELD: field.optional(),
  ORACLE_SECTOR_FIELD: field.optional(),

  EVIDENCE_MAX_MB: whole(1, 1000).default(25),
  EVIDENCE_SCAN_URL: url.optional(),
  EVIDENCE_S3_ENDPOINT: withoutSlash.optional(),
  EVIDENCE_S3_BUCKET: z.string().optional(),
  EVIDENCE_S3_REGION: z.string().optional(),
  EVIDENCE_S3_ACCESS_KEY_ID: z.string().optional(),
  EVIDENCE_S3_SECRET_ACCESS_KEY: z.string().optional(),

  SYNC_CRON: cron.default('0 0 * * *'),
  FULL_SYNC_CRON: cron.default('0 2 * * 0'),
  SYNC_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
    .default('UTC'),

  ALERT_WEBHOOK_URL: url.optional(),

  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
  MAIL_FROM: z
    .string()
    .regex(mailbox, 'must be an address such as BQS <bqs@example.test>')
    .optional(),
  DIGEST_CRON: cron.default('0 7 * * 1-5'),
  IDENTITY_CRON: cron.default('30 3 * * *'),
  WORKING_HOURS: z
    .string()
    .refine(
      (text) => parseWorkingHours(text) !== null,
      'must be working hours such as Mon-Fri 09:00-17:00',
    )
    .default('Mon-Fri 09:00-17:00'),
  WORKING_TIMEZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
    .optional(),
});

const credentials =
  'ORACLE_USERNAME and ORACLE_PASSWORD, or ORACLE_TOKEN_URL, ORACLE_CLIENT_ID and ORACLE_CLIENT_SECRET';

/** Set together or not at all; the first that is missing is named. */
const together = [
  ['ORACLE_TOKEN_URL', 'ORACLE_CLIENT_ID', 'ORACLE_CLIENT_SECRET'],
  [
    'EVIDENCE_S3_ENDPOINT',
    'EVIDENCE_S3_BUCKET',
    'EVIDENCE_S3_REGION',
    'EVIDENCE_S3_ACCESS_KEY_ID',
    'EVIDENCE_S3_SECRET_ACCESS_KEY',
  ],
] as const;

export type Environment = Omit<z.infer<typeof environmentSchema>, 'APP_URL'> & { APP_URL: string };

export type ParsedEnvironment =
  { ok: true; environment: Environment } | { ok: false; problem: string };

/**
 * Reads the settings out of `source` (empty strings count as absent). What is wrong comes back as
 * one line naming the first key at fault and never its value, which may be a secret.
 */
export function parseEnvironment(source: Record<string, string | undefined>): ParsedEnvironment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = String(issue?.path[0] ?? '');
    return {
      ok: false,
      problem: key in given ? `${key} ${reason(issue?.message)}` : `${key} is not set`,
    };
  }
  const { data } = parsed;
  const problem = crossCheck(data);
  if (problem) return { ok: false, problem };
  return {
    ok: true,
    environment: { ...data, APP_URL: data.APP_URL ?? `http://localhost:${data.PORT}` },
  };
}

function crossCheck(data: z.infer<typeof environmentSchema>): string | null {
  const basic = data.ORACLE_USERNAME && data.ORACLE_PASSWORD;
  const oauth = data.ORACLE_TOKEN_URL && data.ORACLE_CLIENT_ID && data.ORACLE_CLIENT_SECRET;
  if (!basic && !oauth) return `the CRM's credentials are not set: ${credentials}`;
  if (data.NODE_ENV === 'production' && !data.APP_URL) return 'APP_URL is not set';
  // An amount that nothing asks about would look like a guard and be none.
  if (data.STEP_UP_AMOUNT && !data.REQUIRE_AAL2_FOR.includes('decide')) {
    return 'STEP_UP_AMOUNT is set, but REQUIRE_AAL2_FOR does not name decide';
  }
  if (data.SMTP_URL && !data.MAIL_FROM) return 'MAIL_FROM is not set';
  for (const keys of together) {
    const missing = keys.find((key) => !data[key]);
    const set = keys.find((key) => data[key]);
    if (missing && set) return `${missing} is not set, while ${set} is`;
  }
  return null;
}

function reason(message = 'is not valid'): string {
  return message.startsWith('must') ? message : `is not valid: ${message}`;
}

/** An address, a network, or one of the names that stand for the private networks. */
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return most > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)); // prettier-ignore
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
