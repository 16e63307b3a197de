import { createTransport } from 'nodemailer';
import type { Environment } from '#app/lib/environment.ts';
import { oneLine, type Letter } from './templates.ts';

/** A mail that did not go out. */
export class MailFault extends Error {
  /** The server has said that it will never take this mail. */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.permanent = permanent;
  }
}

export interface Mailer {
  /** Hands one mail to the mail server. Throws MailFault. */
  send(to: { name: string; address: string }, letter: Letter): Promise<void>;
}

/** How long the server may keep us waiting: in all less than the lease of a claim. */
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 };

/** The mail server the settings name; null where they name none. */
export function createMailer({
  SMTP_URL,
  MAIL_FROM,
}: Pick<Environment, 'SMTP_URL' | 'MAIL_FROM'>): Mailer | null {
  if (!SMTP_URL || !MAIL_FROM) return null;
  const guards = { ...timeouts, disableFileAccess: true, disableUrlAccess: true };
  const transport = createTransport({ url: SMTP_URL, ...guards });
  return {
    async send(to, letter) {
      try {
        await transport.sendMail({
          ...letter,
          from: MAIL_FROM,
          to: { name: oneLine(to.name), address: to.address },
          // No out-of-office reply, please.
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw asFault(error as SmtpError);
      }
    },
  };
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/**
 * A refusal of the addresses or the message is the server's last word. Whatever comes before them, a wrong
 * password too, is about the connection, and may be mended while the mail waits.
 */
function asFault({ code, responseCode, response, message }: SmtpError): MailFault {
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  // Without a code of the server's, the address itself could not be written to it.
  const permanent = aboutThisMail && (responseCode === undefined || responseCode >= 500);
  const said = oneLine(response ?? message).slice(0, 300);
  if (permanent) return new MailFault(`The mail server refused the mail: ${said}`, true);
  if (responseCode) return new MailFault(`The mail server put the mail off: ${said}`, false);
  return new MailFault(`The mail server could not be used: ${said}`, false);
}
