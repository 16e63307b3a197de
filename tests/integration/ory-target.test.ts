import { afterAll, beforeAll, expect, it } from 'vitest';
import { startIdentityServer, type IdentityServer } from '#dev/ory/server.ts';
import { howToPoint, probe } from '../setup/ory-target.ts';
import {
  answer,
  startScriptedIdentity,
  type ScriptedIdentity,
} from '../setup/scripted-identity.ts';

let local: IdentityServer;
let migrating: ScriptedIdentity;
beforeAll(async () => {
  local = await startIdentityServer({
    baseUrl: 'http://app.test/.ory/',
    appUrl: 'http://app.test',
  });
  migrating = await startScriptedIdentity((_request, response) => answer(response, 503, {}));
});
afterAll(() => Promise.all([local.stop(), migrating.stop()]));

it('finds both ports and the version of an identity server', async () => {
  const found = await probe(`${local.publicUrl}/`, local.adminUrl);
  expect(found.ok).toBe(true);
  expect(found.words).toMatch(/are ready, version \S+/);
});

it('says which port does not answer, is not ready or is no address', async () => {
  const words = async (publicUrl: string, adminUrl: string) => {
    const found = await probe(publicUrl, adminUrl);
    expect(found.ok).toBe(false);
    return found.words;
  };
  const nobody = 'http://127.0.0.1:9';
  expect(await words(nobody, local.adminUrl)).toBe(`public API ${nobody} does not answer`);
  expect(await words(local.publicUrl, migrating.url)).toBe(
    `admin API ${migrating.url} answers /admin/health/ready with 503`,
  );
  expect(await words(local.publicUrl, '')).toBe('admin API not named is no http address');
});

it('names every variable that points it', () => {
  for (const key of ['PUBLIC_URL', 'ADMIN_URL', 'BASE_URL', 'SHORT_PUBLIC_URL']) {
    expect(howToPoint).toContain(`KRATOS_${key}`);
  }
});
