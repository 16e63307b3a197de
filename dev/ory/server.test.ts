import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleAccounts, sampleIdentityIds, samplePassword } from './sample-accounts.ts';
import { startIdentityServer, type IdentityServer } from './server.ts';

const urls = { baseUrl: 'http://localhost:3000/.ory/', appUrl: 'http://localhost:3000' };
const json = { Accept: 'application/json', 'Content-Type': 'application/json' };

let folder: string;
let dataFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'identity-'));
  dataFile = join(folder, 'deep', 'identities.json');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const cookieOf = (response: Response, name: string) =>
  response.headers
    .getSetCookie()
    .find((line) => line.startsWith(name))
    ?.split(';')[0] ?? '';

interface FlowJson {
  id: string;
  ui: { nodes: { attributes: { name: string; value: string } }[] };
}

/** Signs in by HTTP; answers the status and the session cookie. */
async function signIn({ publicUrl }: IdentityServer, identifier: string, password: string) {
  const begun = await fetch(`${publicUrl}/self-service/login/browser`, { headers: json });
  const flow = (await begun.json()) as FlowJson;
  const token = flow.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token');
  const done = await fetch(`${publicUrl}/self-service/login?flow=${flow.id}`, {
    method: 'POST',
    headers: { ...json, Cookie: cookieOf(begun, 'csrf_token_') },
    body: JSON.stringify({
      method: 'password',
      identifier,
      password,
      csrf_token: token?.attributes.value,
    }),
  });
  return { status: done.status, cookie: cookieOf(done, 'ory_kratos_session') };
}

const whoami = ({ publicUrl }: IdentityServer, cookie: string) =>
  fetch(`${publicUrl}/sessions/whoami`, { headers: { Cookie: cookie } });

describe('the local identity server', () => {
  it('refuses to run in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await expect(startIdentityServer(urls)).rejects.toThrow('not for production');
  });

  it('listens on loopback, admin apart from public, and says what it is', async () => {
    const server = await startIdentityServer(urls);
    expect(server.publicUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.adminUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.adminUrl).not.toBe(server.publicUrl);
    const answer = await fetch(`${server.publicUrl}/health/alive`);
    expect(answer.headers.get('server')).toBe('ory-standin');
    await server.stop();
    await expect(fetch(`${server.publicUrl}/health/alive`)).rejects.toThrow();
  });

  it('has every sample account, verified, under its fixed id', async () => {
    const server = await startIdentityServer({ ...urls, seed: sampleAccounts });
    for (const [who, id] of Object.entries(sampleIdentityIds)) {
      const answer = await fetch(`${server.adminUrl}/admin/identities/${id}`);
      expect(await answer.json()).toMatchObject({
        traits: { email: `${who}@example.test` },
        verifiable_addresses: [{ verified: true, status: 'completed' }],
      });
      expect((await signIn(server, `${who}@example.test`, samplePassword)).status).toBe(200);
    }
    await server.stop();
  });

  it('keeps accounts and sign-ins over a restart, and seeds nothing twice', async () => {
    const options = { ...urls, dataFile, seed: sampleAccounts };
    const first = await startIdentityServer(options);
    const { cookie } = await signIn(first, 'manager@example.test', samplePassword);
    await first.stop();
    const hashes = readFileSync(dataFile, 'utf8').match(/\$argon2id[^"]*/g);
    const second = await startIdentityServer(options);
    expect((await whoami(second, cookie)).status).toBe(200);
    const all = await fetch(`${second.adminUrl}/admin/identities`);
    expect(await all.json()).toHaveLength(sampleAccounts.length);
    await second.stop();
    expect(readFileSync(dataFile, 'utf8').match(/\$argon2id[^"]*/g)).toEqual(hashes);
  });

  it('keeps no password and lets nobody else read its file', async () => {
    const server = await startIdentityServer({ ...urls, dataFile, seed: sampleAccounts });
    await server.stop();
    expect(readFileSync(dataFile, 'utf8')).not.toContain(samplePassword);
    expect(statSync(dataFile).mode & 0o077).toBe(0);
  });

  it('forgets sign-ins when its secret changes', async () => {
    const first = await startIdentityServer({ ...urls, dataFile, seed: sampleAccounts });
    const { cookie } = await signIn(first, 'sales@example.test', samplePassword);
    await first.stop();
    const second = await startIdentityServer({ ...urls, dataFile, secret: 'another secret' });
    expect((await whoami(second, cookie)).status).toBe(401);
    await second.stop();
  });

  it('says which file to remove where it cannot be read', async () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{');
    await expect(startIdentityServer({ ...urls, dataFile: broken })).rejects.toThrow(broken);
  });

  it('tells a developer the code it mails', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const server = await startIdentityServer({ ...urls, seed: sampleAccounts, log });
    const { publicUrl } = server;
    const begun = await fetch(`${publicUrl}/self-service/recovery/browser`, { headers: json });
    const flow = (await begun.json()) as FlowJson;
    const token = flow.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token');
    const body = {
      method: 'code',
      email: 'head@example.test',
      csrf_token: token?.attributes.value,
    };
    await fetch(`${publicUrl}/self-service/recovery?flow=${flow.id}`, {
      method: 'POST',
      headers: { ...json, Cookie: cookieOf(begun, 'csrf_token_') },
      body: JSON.stringify(body),
    });
    expect(lines.join('\n')).toMatch(/head@example\.test: .*\d{6}/);
    await server.stop();
  });
});
