import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import { startApplication, type Application } from '#tests/setup/application.ts';
import { signInThrough, Visitor } from '#tests/setup/sign-in.ts';

// Everything is logged that can be, and everything secret is used and made to fail.
const settings = {
  ORY_API_KEY: 'ory-api-key-in-no-log',
  ORACLE_PASSWORD: 'crm-password-in-no-log',
  ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/hooks/webhook-secret-in-no-log',
  SMTP_URL: 'smtp://mail-user:mail-password-in-no-log@127.0.0.1:9',
  MAIL_FROM: 'BQS <bqs@example.test>',
  EVIDENCE_SCAN_URL: 'http://scan-user:scan-password-in-no-log@127.0.0.1:9/scan',
  EVIDENCE_S3_ENDPOINT: 'http://127.0.0.1:9',
  EVIDENCE_S3_BUCKET: 'bucket',
  EVIDENCE_S3_REGION: 'region',
  EVIDENCE_S3_ACCESS_KEY_ID: 's3-key-id',
  EVIDENCE_S3_SECRET_ACCESS_KEY: 's3-secret-in-no-log',
};
let app: Application;
beforeAll(async () => {
  app = await startApplication({ worker: true, env: { LOG_LEVEL: 'trace', ...settings } });
});
afterAll(() => app.stop());

describe('the log of web and worker', () => {
  it('holds no secret, whatever is sent and whatever fails', async () => {
    const { cookie, visitor } = await signInThrough(app.url, 'manager@example.test');
    const wrong = new Visitor(app.url);
    await wrong.submitFlow('login', (await wrong.visit('/login')).path, {
      identifier: 'head@example.test',
      password: 'typed-password-in-no-log',
    });
    const lost = new Visitor(app.url);
    const { path } = await lost.visit('/recovery');
    await lost.submitFlow('recovery', path, { method: 'code', email: 'sales@example.test' });
    await lost.submitFlow('recovery', path, { method: 'code', code: '918273' });

    const bearer = { Authorization: 'Bearer ory_st_bearer-in-no-log' };
    await fetch(`${app.url}/api/sync-status`, { headers: bearer });
    await fetch(`${app.url}/api/sync-status`, {
      headers: { 'X-Session-Token': 'token-in-no-log' },
    });
    await fetch(`${app.url}/opportunities?q=search-in-no-log`, { headers: { Cookie: cookie } });
    await fetch(`${app.url}/people?token=query-in-no-log`, {
      method: 'POST',
      headers: { Cookie: cookie, Origin: app.url },
      body: new URLSearchParams({ intent: 'nothing', password: 'form-in-no-log' }),
    });
    // The CRM refuses the password; the sync fails, and tells the webhook and the mail server, which are away.
    await fetch(`${app.url}/api/sync-database`, {
      method: 'POST',
      headers: { Cookie: cookie, Origin: app.url, 'Content-Type': 'application/json' },
      body: '{"mode":"full"}',
    });
    await expect.poll(() => text(), { timeout: 30_000 }).toContain('sync ended');
    await expect.poll(() => text(), { timeout: 30_000 }).toContain('alert not sent');
    // A fault of the database, and one of the identity server.
    await db.$executeRawUnsafe('ALTER TABLE notifications RENAME TO notifications_away');
    await visitor.fetch('/opportunities');
    await db.$executeRawUnsafe('ALTER TABLE notifications_away RENAME TO notifications');
    await app.identity.stop();
    await visitor.fetch('/opportunities');

    await expect.poll(() => text()).toContain('"status":503');
    const log = text();
    expect(log).toContain('"level":"error"');
    expect(log).not.toMatch(/in-no-log/);
    const password = new URL(app.databaseUrl).password;
    const cookies = cookie.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1));
    for (const secret of [
      samplePassword,
      '918273',
      ...cookies,
      password.length > 5 ? password : '',
    ]) {
      if (secret) expect(log).not.toContain(secret);
    }
  });
});

function text(): string {
  const folder = app.env.BQS_DATA_DIR ?? '';
  return ['web.log', 'worker.log'].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
}
