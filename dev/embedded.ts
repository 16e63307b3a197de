import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCrmSimulator } from './crm/server.ts';
import { startMailServer, type MailServer } from './mail/server.ts';
import { sampleAccounts } from './ory/sample-accounts.ts';
import { startIdentityServer } from './ory/server.ts';
import { startPostgres } from './postgres.ts';

export type Settings = Record<string, string | undefined>;

/** What stands in for the outside world where `npm start` is not told of the real one. */
export interface Embedded {
  /** The settings that lead to the embedded parts. */
  settings: Record<string, string>;
  parts: { postgres: boolean; identity: boolean; crm: boolean };
  /** Resolves when Postgres has ended by itself, with how it did; never where it is not embedded. */
  postgresDied: Promise<string>;
  /** Where the mails can be read that go nowhere; null where they go to a real server. */
  mailsUrl: string | null;
  /** Stops the parts in the reverse order of their start. */
  stop(): Promise<void>;
}

const crmLogin = { username: 'bqs-integration', password: 'bqs-demo-crm' };

/**
 * Starts a Postgres, a mail server, an identity server and a CRM simulator, each only where its own key is absent
 * from `given`. `appUrl` is where the browser will see the application.
 */
export async function startEmbedded(
  given: Settings,
  appUrl: string,
  progress: (line: string) => void,
): Promise<Embedded> {
  const folder = resolve(given.BQS_DATA_DIR || '.data');
  mkdirSync(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  const settings: Record<string, string> = {};
  let mails: MailServer | null = null;
  const parts = {
    postgres: !given.DATABASE_URL,
    identity: !given.ORY_PUBLIC_URL && !given.ORY_ADMIN_URL,
    crm: !given.ORACLE_BASE_URL,
  };
  let postgresDied = new Promise<string>(() => undefined);
  try {
    if (parts.postgres) {
      progress('Starting Postgres');
      const postgres = await startPostgres({ folder: join(folder, 'postgres'), log: progress });
      stops.push(postgres.stop);
      postgresDied = postgres.died;
      settings.DATABASE_URL = postgres.url;
    }
    if (!given.SMTP_URL) {
      mails = await startMailServer({
        dataFile: join(folder, 'mails.jsonl'),
        appUrl,
        // Beside the application's, and not the next one, which a second `npm start` may want.
        port: Number(given.PORT || 3000) + 1025,
      });
      stops.push(mails.stop);
      settings.SMTP_URL = mails.smtpUrl;
      settings.MAIL_FROM = given.MAIL_FROM || 'BQS <bqs@example.test>';
    }
    if (parts.identity) {
      progress('Starting the identity server');
      const identity = await startIdentityServer({
        baseUrl: `${appUrl}/.ory/`,
        appUrl,
        dataFile: join(folder, 'identities.json'),
        seed: sampleAccounts,
        // Codes that would go out by e-mail are shown where the developer looks.
        log: progress,
        deliver: mails?.keep,
      });
      stops.push(identity.stop);
      settings.ORY_PUBLIC_URL = identity.publicUrl;
      settings.ORY_ADMIN_URL = identity.adminUrl;
    }
    if (parts.crm) {
      progress('Starting the CRM simulator');
      const crm = await startCrmSimulator({
        ...crmLogin,
        living: true,
        dataFile: join(folder, 'crm.jsonl'),
      });
      stops.push(crm.stop);
      settings.ORACLE_BASE_URL = crm.url;
      settings.ORACLE_USERNAME = crmLogin.username;
      settings.ORACLE_PASSWORD = crmLogin.password;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { settings, parts, postgresDied, mailsUrl: mails?.pageUrl ?? null, stop };
}
