import { createTransport } from 'nodemailer';
import { env } from './env.server.ts';
import { log } from './log.server.ts';

/** How long the manager waits for the mail server. */
const patience = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 10_000 };

/**
 * Mails somebody how to come in, at once and once: a code as good as a password is kept in no outbox.
 * `off` where no mail server is set.
 */
export async function mailInvitation(
  to: { name: string; address: string },
  way: { link: string; code: string },
): Promise<'sent' | 'failed' | 'off'> {
  if (!env.SMTP_URL || !env.MAIL_FROM) return 'off';
  const guards = { ...patience, disableFileAccess: true, disableUrlAccess: true };
  try {
    await createTransport({ url: env.SMTP_URL, ...guards }).sendMail({
      from: env.MAIL_FROM,
      to,
      subject: 'You are invited to BQS',
      text: letter(to.name, way),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return 'sent';
  } catch {
    // The server's words may hold the address.
    log.warn('an invitation could not be mailed');
    return 'failed';
  }
}

function letter(name: string, { link, code }: { link: string; code: string }): string {
  return `Hello ${name},

you are invited to BQS, where bids are qualified. Open this page:

${link}

and enter the code ${code}. Both work once, for 24 hours. Then choose a password, and verify your
e-mail address where BQS asks for it: opportunities of yours are found by it.

If you did not expect this, do nothing.
`;
}
