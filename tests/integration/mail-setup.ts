import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { readMessage, type Message } from '#dev/mail/message.ts';
import { db } from '#app/lib/db.server.ts';
import { notify, type Notice } from '#app/models/notification.server.ts';
import { createMailer } from '#jobs/mail/mailer.ts';
import type { MailParts } from '#jobs/mail/outbox.ts';

export interface Received extends Message {
  messageId: string;
  /** Whom the envelope names. */
  recipients: string[];
  raw: string;
}

type Refusal = { code: number; message: string } | null;

/** A mail server that keeps what comes, and refuses or waits as a test tells it. */
export class Receiver {
  readonly mails: Received[] = [];
  /** What it says to a recipient's address. */
  refuse: (address: string) => Refusal = () => null;
  /** Awaited after a mail has come in and before it is acknowledged. */
  hold: () => Promise<void> = () => Promise.resolve();
  private server: SMTPServer | null = null;
  port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      onAuth: (_auth, _session, done) => done(asError({ code: 535, message: 'Wrong password' })),
      onRcptTo: ({ address }, _session, done) => done(asError(this.refuse(address))),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const whole = Buffer.concat(chunks);
          const raw = whole.toString('utf8');
          const messageId = /^message-id: (.+)$/im.exec(raw)?.[1]?.trim() ?? '';
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          this.mails.push({ ...readMessage(whole), messageId, recipients, raw });
          void this.hold().then(() => done());
        });
      },
    });
    // A worker that is killed leaves its connection in the middle.
    server.on('error', () => undefined);
    await new Promise<void>((ready) => server.listen(this.port, '127.0.0.1', ready));
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server) await new Promise<void>((closed) => server.close(() => closed()));
  }
}

function asError(refusal: Refusal): Error | null {
  return refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.code });
}

/** A mail server for the tests of a file, who begin with no people, notices or mails. */
export function useReceiver(): Receiver {
  const receiver = new Receiver();
  beforeAll(() => receiver.start());
  afterAll(() => receiver.stop());
  afterEach(async () => {
    receiver.mails.length = 0;
    receiver.refuse = () => null;
    receiver.hold = () => Promise.resolve();
    await db.opportunity.deleteMany();
    await db.user.deleteMany();
  });
  return receiver;
}

/** What sending takes, with a mail server at this URL; without one where it is null. */
export function mailParts(smtpUrl: string | null): MailParts {
  return {
    db,
    mailer: createMailer({ SMTP_URL: smtpUrl ?? undefined, MAIL_FROM: 'BQS <bqs@example.test>' }),
    appUrl: 'https://bqs.example.test',
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
  };
}

/** Leaves a notice as an act of somebody would. */
export async function leaveNotice(person: { id: string }, notice: Partial<Notice> = {}) {
  await notify(db, [person.id], {
    topic: 'assignment',
    title: 'Hugo assigned “Data platform” to you',
    body: 'Please begin this week.',
    path: '/opportunities/N-1',
    opportunityId: null,
    ...notice,
  });
}

/** How a person's mails stand, in the order of their notices. */
export async function mailStates(person: { id: string }) {
  const rows = await db.notification.findMany({
    where: { userId: person.id },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ mailState, mailAttempts, mailError }) => ({
    state: mailState,
    tries: mailAttempts,
    error: mailError,
  }));
}

/** Lets the time pass that a mail was to wait; only the passing is made up. */
export async function letWaitPass() {
  await db.notification.updateMany({ data: { mailDueAt: new Date(0) } });
}
