import { z } from 'zod';

/** What `npm run test:ory` says to whoever has not named a server. */
export const howToPoint = `Name the Kratos v26.2.0 to hold against the contract (tests/contract):

  KRATOS_PUBLIC_URL   its public API, such as http://127.0.0.1:4433
  KRATOS_ADMIN_URL    its admin API, such as http://127.0.0.1:4434
  KRATOS_BASE_URL     its serve.public.base_url to the letter; http://localhost:3000/.ory/ where absent

It runs with ory/kratos.yml, whose head lists what the environment adds, as
  kratos serve --dev --watch-courier --config ory/kratos.yml
on a Postgres database of its own, and with
  SERVE_PUBLIC_BASE_URL=http://localhost:3000/.ory/ and every page under http://localhost:3000,
  SELFSERVICE_METHODS_PASSWORD_CONFIG_HAVEIBEENPWNED_ENABLED=false,
  SELFSERVICE_METHODS_PASSKEY_CONFIG_RP_ID=localhost, …_RP_ORIGINS_0=http://localhost:3000.
The suite makes people of its own and leaves them there: give it a database to throw away.

Two more instances are worth having; without them their rows are skipped:
  KRATOS_SHORT_PUBLIC_URL, KRATOS_SHORT_ADMIN_URL: what runs out, with SESSION_LIFESPAN=8s,
    SELFSERVICE_FLOWS_SETTINGS_PRIVILEGED_SESSION_MAX_AGE=2s and SELFSERVICE_FLOWS_<FLOW>_LIFESPAN=4s
    for LOGIN, REGISTRATION, RECOVERY, VERIFICATION and SETTINGS
  KRATOS_IDENTIFIER_FIRST_PUBLIC_URL, KRATOS_IDENTIFIER_FIRST_ADMIN_URL: forms in two steps, with
    SELFSERVICE_FLOWS_LOGIN_STYLE=identifier_first and
    SELFSERVICE_FLOWS_REGISTRATION_STYLE=profile_first

Without any of it, npm test holds the local identity server against the same contract.`;

const timeout = 5000;
const version = z.object({ version: z.string().min(1) });

/** Whether both ports of an identity server answer, and of which version it is, in words. */
export async function probe(
  publicUrl: string,
  adminUrl: string,
): Promise<{ ok: boolean; words: string }> {
  const open = await ask(publicUrl, '/health/ready');
  if (!open.ok) return { ok: false, words: `public API ${publicUrl || 'not named'} ${open.words}` };
  const closed = await ask(adminUrl, '/admin/health/ready');
  if (!closed.ok) {
    return { ok: false, words: `admin API ${adminUrl || 'not named'} ${closed.words}` };
  }
  const known = version.safeParse((await ask(adminUrl, '/version')).body);
  const which = known.success ? `version ${known.data.version}` : 'version unknown';
  return { ok: true, words: `${publicUrl} and ${adminUrl} are ready, ${which}` };
}

async function ask(base: string, path: string) {
  const url = base.replace(/\/+$/, '') + path;
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    return { ok: false, words: 'is no http address', body: null };
  }
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeout) });
    const body: unknown = await answer.json().catch(() => null);
    return { ok: answer.ok, words: `answers ${path} with ${answer.status}`, body };
  } catch {
    return { ok: false, words: 'does not answer', body: null };
  }
}
