import { join } from 'node:path';
import { sampleAccounts } from '#dev/ory/sample-accounts.ts';
import { startIdentityServer, type IdentityServer } from '#dev/ory/server.ts';

export interface TestIdentity extends IdentityServer {
  /** The identity id of each sample account, by e-mail address. */
  ids: Record<string, string>;
}

/**
 * The application's own address where a real Kratos is named: it was configured for that one. Undefined
 * with the local identity server, which follows wherever the application is.
 */
export const realIdentityAppUrl = real()
  ? (process.env['APP_URL'] ?? 'http://localhost:3000')
  : undefined;

/** The real identity server that is named. Under vitest the addresses lead nowhere, on purpose. */
function real(): { publicUrl: string; adminUrl: string } | null {
  const { ORY_PUBLIC_URL: publicUrl, ORY_ADMIN_URL: adminUrl, VITEST } = process.env;
  return publicUrl && adminUrl && !VITEST ? { publicUrl, adminUrl } : null;
}

/** The identity server of a test: the one that ORY_PUBLIC_URL and ORY_ADMIN_URL name, else the local one. */
export async function startTestIdentity(
  url: string,
  folder: string,
  { before, clock }: { before?: IdentityServer; clock?: () => Date } = {},
): Promise<TestIdentity> {
  const named = real();
  if (named) {
    return { ...named, ids: await plantAccounts(named.adminUrl), stop: async () => {} };
  }
  const server = await startIdentityServer({
    baseUrl: `${url}/.ory/`,
    appUrl: url,
    dataFile: join(folder, 'identities.json'),
    seed: sampleAccounts,
    publicPort: before && Number(new URL(before.publicUrl).port),
    adminPort: before && Number(new URL(before.adminUrl).port),
    log: () => undefined,
    ...(clock && { clock }),
  });
  return { ...server, ids: Object.fromEntries(sampleAccounts.map(({ email, id }) => [email, id])) };
}

/** Makes the sample accounts anew through the admin API, so that nothing of an earlier run is left. */
async function plantAccounts(adminUrl: string): Promise<Record<string, string>> {
  const identities = `${adminUrl}/admin/identities`;
  const ids: Record<string, string> = {};
  for (const { email, password, name } of sampleAccounts) {
    const old = await fetch(`${identities}?credentials_identifier=${encodeURIComponent(email)}`);
    for (const { id } of (await old.json()) as { id: string }[]) {
      await fetch(`${identities}/${id}`, { method: 'DELETE' });
    }
    const answer = await fetch(identities, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        schema_id: 'person_v1',
        traits: { email, name },
        credentials: { password: { config: { password } } },
        verifiable_addresses: [{ value: email, via: 'email', verified: true, status: 'completed' }],
      }),
    });
    if (answer.status !== 201) throw new Error(`No account for ${email}: ${await answer.text()}`);
    ids[email] = ((await answer.json()) as { id: string }).id;
  }
  return ids;
}
