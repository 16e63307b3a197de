import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './environment.ts';
import { redactLine, secretsOf } from './log-redaction.ts';

const parsed = parseEnvironment({
  DATABASE_URL: 'postgresql://bqs:data%40base-pw@localhost/bqs',
  ORY_PUBLIC_URL: 'http://ory.example.test',
  ORY_ADMIN_URL: 'http://ory.example.test',
  ORY_API_KEY: 'ory-api-key-1',
  ORACLE_BASE_URL: 'https://crm.example.test',
  ORACLE_USERNAME: 'integration',
  ORACLE_PASSWORD: 'crm "pass" word',
  ORACLE_TOKEN_URL: 'https://id.example.test/token',
  ORACLE_CLIENT_ID: 'client',
  ORACLE_CLIENT_SECRET: 'client-secret-1',
  ALERT_WEBHOOK_URL: 'https://hooks.example.test/services/T0/secret-path?key=1',
  SMTP_URL: 'smtp://user:mail-password@mail.example.test',
  MAIL_FROM: 'bqs@example.test',
});
if (!parsed.ok) throw new Error(parsed.problem);
const secrets = secretsOf(parsed.environment);

describe('a line of the log', () => {
  it.each([
    'data%40base-pw',
    'data@base-pw',
    'ory-api-key-1',
    'crm "pass" word',
    'client-secret-1',
    'secret-path',
    'mail-password',
    Buffer.from('integration:crm "pass" word').toString('base64'),
  ])('does not show %s, however it came in', (secret) => {
    const whole = secret === 'secret-path' ? '/services/T0/secret-path?key=1' : secret;
    const line = JSON.stringify({ err: `failed at postgresql://x:${whole}@host` });
    expect(redactLine(line, secrets)).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(JSON.parse(redactLine(line, secrets))).toEqual({
      err: 'failed at postgresql://x:[redacted]@host',
    });
  });

  it.each([
    ['Authorization: Bearer ory_st_abcdef123', 'Authorization: Bearer [redacted]'],
    ['ory_kratos_session=MTcw-x; theme=dark', 'ory_kratos_session=[redacted]; theme=dark'],
    ['csrf_token_80a=abc=; x', 'csrf_token_80a=[redacted]; x'],
    ['logout?token=ory_lo_abc123', 'logout?token=ory_lo_[redacted]'],
    ['ORACLE_PASSWORD is not set', 'ORACLE_PASSWORD is not set'],
  ])('%s becomes %s', (line, safe) => expect(redactLine(line, secrets)).toBe(safe));

  it('leaves short values alone, which are in every other word', () => {
    const { environment } = parsed as { environment: typeof parsed.environment };
    expect(secretsOf({ ...environment, ORACLE_PASSWORD: 'bqs' })).not.toContain('bqs');
  });
});
