import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './environment.ts';

const whole = {
  DATABASE_URL: 'postgresql://db/bqs',
  ORY_PUBLIC_URL: 'http://ory:4433/',
  ORY_ADMIN_URL: 'http://ory:4434',
  ORACLE_BASE_URL: 'https://crm.example.test',
  ORACLE_USERNAME: 'someone',
  ORACLE_PASSWORD: 'something',
  APP_URL: 'https://bqs.example.test/',
};

const problemOf = (given: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(given);
  return parsed.ok ? null : parsed.problem;
};

describe('the environment', () => {
  it('fills in the defaults and cuts trailing slashes', () => {
    expect(parseEnvironment(whole)).toMatchObject({
      ok: true,
      environment: {
        PORT: 3000,
        APP_URL: 'https://bqs.example.test',
        ORY_PUBLIC_URL: 'http://ory:4433',
        ORACLE_PAGE_SIZE: 499,
        SYNC_CRON: '0 0 * * *',
      },
    });
  });

  it.each(['DATABASE_URL', 'ORY_PUBLIC_URL', 'ORY_ADMIN_URL', 'ORACLE_BASE_URL'])(
    'names %s when it is missing or empty',
    (key) => {
      expect(problemOf({ ...whole, [key]: undefined })).toBe(`${key} is not set`);
      expect(problemOf({ ...whole, [key]: ' ' })).toBe(`${key} is not set`);
    },
  );

  it.each([
    ['PORT', '99999'],
    ['ORACLE_PAGE_SIZE', 'many'],
    ['SYNC_CRON', 'daily'],
    ['SYNC_TIMEZONE', 'Mars/Olympus'],
    ['ORACLE_PRACTICE_FIELD', "x' or 1=1"],
    ['LOG_LEVEL', 'loud'],
    ['SMTP_URL', 'https://mail.example.test'],
    ['MAIL_FROM', 'BQS, bqs at example'],
    ['MAIL_FROM', 'BQS\r\nBcc: <spy@example.test>'],
    ['DIGEST_CRON', 'weekly'],
    ['SESSION_CACHE_SECONDS', '61'],
    ['REQUIRE_AAL2_FOR', 'decide,everything'],
    ['STEP_UP_AMOUNT', '1,000,000 EUR'],
    ['STEP_UP_MINUTES', '9999'],
    ['ORACLE_BASE_URL', 'ftp://crm'],
    ...['SYNC_CRON', 'FULL_SYNC_CRON', 'DIGEST_CRON', 'IDENTITY_CRON'].map((key) => [
      key,
      '99 99 * * *',
    ]),
    ['SYNC_CRON', '0 0 31 2 *'],
    ['SYNC_CRON', '0 0 0 * * *'],
    ['NODE_ENV', 'staging'],
    ['FIRST_MANAGER_EMAIL', 'somebody'],
    ['RATE_LIMITS', 'none'],
    ['ORACLE_DELTA_LITERAL', 'day'],
    ['ORY_SESSION_COOKIE', 'no:nsense /x'],
  ])('refuses a wrong %s by name and never repeats its value', (key, value) => {
    const problem = problemOf({ ...whole, [key]: value });
    expect(problem).toMatch(new RegExp(`^${key} must be `));
    expect(problem).not.toContain(value);
  });

  it('asks for a second factor where it is told to, and for no amount in vain', () => {
    const given = { ...whole, REQUIRE_AAL2_FOR: 'decide', STEP_UP_AMOUNT: '1000000 EUR' };
    expect(parseEnvironment(given)).toMatchObject({
      ok: true,
      environment: {
        REQUIRE_AAL2_FOR: ['decide'],
        STEP_UP_AMOUNT: [{ amount: '1000000', currency: 'EUR' }],
      },
    });
    expect(problemOf({ ...given, REQUIRE_AAL2_FOR: 'scorecards' })).toMatch(/^STEP_UP_AMOUNT /);
  });

  it('needs one of the two kinds of CRM credentials', () => {
    expect(problemOf({ ...whole, ORACLE_PASSWORD: '' })).toContain('ORACLE_USERNAME');
    const oauth = {
      ...whole,
      ORACLE_USERNAME: '',
      ORACLE_PASSWORD: '',
      ORACLE_TOKEN_URL: 'https://id.example.test/token',
      ORACLE_CLIENT_ID: 'client',
      ORACLE_CLIENT_SECRET: 'secret',
    };
    expect(problemOf(oauth)).toBeNull();
  });

  it('needs every key of OAuth or none, also beside a user of the CRM', () => {
    const oauth = {
      ORACLE_TOKEN_URL: 'https://id.example.test/token',
      ORACLE_CLIENT_ID: 'client',
      ORACLE_CLIENT_SECRET: 'secret',
    };
    expect(problemOf({ ...whole, ...oauth })).toBeNull();
    for (const [key, value] of Object.entries(oauth)) {
      const missing = key === 'ORACLE_TOKEN_URL' ? 'ORACLE_CLIENT_ID' : 'ORACLE_TOKEN_URL';
      expect(problemOf({ ...whole, [key]: value })).toBe(`${missing} is not set, while ${key} is`);
    }
  });

  it('needs MAIL_FROM with SMTP_URL only', () => {
    const smtp = { ...whole, SMTP_URL: 'smtps://user:secret@mail.example.test:465' };
    expect(problemOf(smtp)).toBe('MAIL_FROM is not set');
    expect(problemOf({ ...smtp, MAIL_FROM: 'BQS <bqs@example.test>' })).toBeNull();
    expect(problemOf({ ...smtp, MAIL_FROM: 'bqs@example.test' })).toBeNull();
    expect(problemOf({ ...whole, MAIL_FROM: 'bqs@example.test' })).toBeNull();
  });

  it('needs every key of the S3 store or none', () => {
    const s3 = {
      EVIDENCE_S3_ENDPOINT: 'https://s3.example.test',
      EVIDENCE_S3_BUCKET: 'evidence',
      EVIDENCE_S3_REGION: 'eu-central-1',
      EVIDENCE_S3_ACCESS_KEY_ID: 'key',
      EVIDENCE_S3_SECRET_ACCESS_KEY: 'secret',
    };
    expect(problemOf({ ...whole, ...s3 })).toBeNull();
    for (const key of Object.keys(s3)) {
      expect(problemOf({ ...whole, ...s3, [key]: '' })).toMatch(new RegExp(`^${key} is not set`));
    }
  });

  it('needs APP_URL in production only', () => {
    expect(problemOf({ ...whole, APP_URL: '' })).toBeNull();
    expect(problemOf({ ...whole, APP_URL: '', NODE_ENV: 'production' })).toBe('APP_URL is not set');
  });
});
