import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleIdentityIds } from '#dev/ory/sample-accounts.ts';
import { db } from '#app/lib/db.server.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough, Visitor } from '../setup/sign-in.ts';

let app: Application;
beforeAll(async () => {
  app = await startApplication();
});
afterAll(() => app.stop());

/** The code lately sent to an address, as the identity server's outbox has it. */
async function codeFor(recipient: string): Promise<string> {
  const answer = await fetch(`${app.identity.adminUrl}/admin/courier/messages`);
  const messages = (await answer.json()) as {
    recipient: string;
    body: string;
    created_at: string;
  }[];
  const [latest] = messages
    .filter((message) => message.recipient === recipient)
    .sort((one, other) => other.created_at.localeCompare(one.created_at));
  return /\b\d{6}\b/.exec(latest?.body ?? '')?.[0] ?? 'none was sent';
}

const sameOrigin = (location: string | null) => (location ?? '').replace(app.url, '');

describe('one’s account', () => {
  it('is renamed in the settings, and BQS follows at the next request', async () => {
    const { visitor } = await signInThrough(app.url, 'sales@example.test');
    const { path, response } = await visitor.visit('/settings');
    expect(await response.text()).toContain('Name and e-mail address');
    const answer = await visitor.submitFlow('settings', path, {
      method: 'profile',
      'traits.email': 'sales@example.test',
      'traits.name.first': 'Samira',
      'traits.name.last': 'Sales',
    });
    expect(answer.status).toBe(303);
    const page = await visitor.visit(sameOrigin(answer.headers.get('Location')));
    expect(await page.response.text()).toContain('Samira Sales');
    const where = { oryIdentityId: sampleIdentityIds.sales };
    expect(await db.user.findUnique({ where })).toMatchObject({ name: 'Samira Sales' });
  });

  it('whose address changes is not trusted until the new one is verified', async () => {
    const { visitor } = await signInThrough(app.url, 'head@example.test');
    const { path } = await visitor.visit('/settings');
    await visitor.submitFlow('settings', path, {
      method: 'profile',
      'traits.email': 'maya.manager@example.test',
      'traits.name.first': 'Hugo',
      'traits.name.last': 'Head',
    });
    await visitor.visit('/');
    const where = { oryIdentityId: sampleIdentityIds.head };
    expect(await db.user.findUnique({ where })).toMatchObject({
      email: 'maya.manager@example.test',
      emailVerified: false,
    });
    const start = await visitor.visit('/verification');
    await visitor.submitFlow('verification', start.path, {
      method: 'code',
      email: 'maya.manager@example.test',
    });
    const code = await codeFor('maya.manager@example.test');
    await visitor.submitFlow('verification', start.path, { method: 'code', code });
    await visitor.visit('/');
    expect(await db.user.findUnique({ where })).toMatchObject({ emailVerified: true });
  });

  it('is recovered with a code, whether or not anybody has the address', async () => {
    const visitor = new Visitor(app.url);
    const { path } = await visitor.visit('/recovery');
    const known = { method: 'code', email: 'architect@example.test' };
    await visitor.submitFlow('recovery', path, known);
    const page = await (await visitor.fetch(path)).text();
    expect(page).toContain('If an account has this address');
    const code = await codeFor('architect@example.test');
    const answer = await visitor.submitFlow('recovery', path, { method: 'code', code });
    const settings = await visitor.visit(sameOrigin(answer.headers.get('Location')));
    expect(settings.path).toMatch(/^\/settings\?flow=/);
    expect(await settings.response.text()).toContain('Choose a new password now');
    expect((await visitor.fetch('/opportunities')).status).toBe(200);
  });

  it('says that it is saved on whatever page follows, and on none where it is not', async () => {
    const { visitor } = await signInThrough(app.url, 'sales@example.test');
    const { path } = await visitor.visit('/settings?return_to=/notifications');
    const refused = await visitor.submitFlow('settings', path, { password: 'short' });
    expect([refused.status, visitor.jar.has('bqs_toast')]).toEqual([303, false]);
    const name = { 'traits.name.first': 'Sam', 'traits.name.last': 'Sales' };
    const profile = { method: 'profile', 'traits.email': 'sales@example.test', ...name };
    const { headers } = await visitor.submitFlow('settings', path, profile);
    expect(sameOrigin(headers.get('Location'))).toBe('/notifications');
    const [first, again] = [await visitor.visit('/notifications'), await visitor.visit('/')];
    expect(await first.response.text()).toContain('Your account is saved.');
    expect(await again.response.text()).not.toContain('Your account is saved.');
  });
});

describe('a stream of events', () => {
  it('is told that nobody is signed in, and sent to no page', async () => {
    const headers = { Accept: 'text/event-stream' };
    const response = await fetch(`${app.url}/sync/stream`, { headers, redirect: 'manual' });
    expect(response.status).toBe(401);
  });
});
