import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApplication, type Application } from '../setup/application.ts';
import { signInThrough } from '../setup/sign-in.ts';

let app: Application;
beforeAll(async () => {
  app = await startApplication();
});
afterAll(() => app.stop());

describe('while the identity server is gone', () => {
  it('every door answers 503, and the session goes on when it is back', async () => {
    const { cookie, visitor } = await signInThrough(app.url, 'manager@example.test');
    expect((await visitor.fetch('/audit')).status).toBe(200);
    await app.identity.stop();
    const paths = ['/audit', '/login', '/api/sync-status', '/.ory/self-service/login/browser'];
    for (const path of paths) {
      const response = await visitor.fetch(path);
      expect([path, response.status]).toEqual([path, 503]);
    }
    expect((await visitor.fetch('/logout', { method: 'POST' })).status).toBe(503);
    expect((await visitor.fetch('/healthz')).status).toBe(200);
    expect(visitor.jar.header).toBe(cookie);
    await app.restartIdentity();
    expect((await visitor.fetch('/audit')).status).toBe(200);
  });
});
