import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { Mailbox } from './mailbox.ts';
import { readMessage } from './message.ts';
import { listPage, mailPage, missingPage } from './pages.ts';

export interface MailServer {
  /** Where BQS hands its mails in. */
  smtpUrl: string;
  /** Where a person reads them. */
  pageUrl: string;
  /** Keeps a mail that came another way. */
  keep(mail: { to: string; subject: string; text: string }): void;
  stop(): Promise<void>;
}

const largest = 1024 * 1024;
const loopback = '127.0.0.1';

/**
 * Starts a mail server that delivers nothing: it keeps every mail and shows it on a page, both on loopback
 * alone. `port` is where the page is to be, or anywhere where that is taken.
 */
export async function startMailServer(options: {
  dataFile: string;
  appUrl: string;
  port: number;
}): Promise<MailServer> {
  const mailbox = new Mailbox(options.dataFile);
  const smtp = receiver(mailbox);
  await new Promise<void>((ready, failed) => {
    smtp.on('error', failed);
    smtp.listen(0, loopback, ready);
  });
  // A client that goes away in the middle is no reason for `npm start` to end.
  smtp.removeAllListeners('error').on('error', () => undefined);
  const pages = createServer((request, response) =>
    answer(mailbox, options.appUrl, request, response),
  );
  await listen(pages, options.port).catch(() => listen(pages, 0));
  const { port: smtpPort } = smtp.server.address() as AddressInfo;
  const { port } = pages.address() as AddressInfo;
  return {
    smtpUrl: `smtp://${loopback}:${smtpPort}`,
    pageUrl: `http://localhost:${port}`,
    keep: ({ to, subject, text }) =>
      mailbox.keep({ to, subject, text, html: null, from: 'The identity server' }),
    async stop() {
      pages.closeAllConnections();
      await Promise.all([
        new Promise((closed) => pages.close(closed)),
        new Promise<void>((closed) => smtp.close(() => closed())),
      ]);
    },
  };
}

function receiver(mailbox: Mailbox): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: largest,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          const refusal = Object.assign(new Error('Too large a mail'), { responseCode: 552 });
          return done(refusal);
        }
        mailbox.keep(readMessage(Buffer.concat(chunks)));
        done();
      });
    },
  });
}

function answer(
  mailbox: Mailbox,
  appUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  // Mails hold sign-in codes: a page of another site is not to read them under a name of its own.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!['localhost', loopback].includes(host)) return send(response, 403, 'Not this host.');
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST' && pathname === '/clear') {
    const origin = request.headers.origin;
    if (origin !== `http://${request.headers.host}`) return send(response, 403, 'Not from here.');
    mailbox.clear();
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  if (pathname === '/') return send(response, 200, listPage(mailbox.list(), appUrl));
  const [, id = '', part] = /^\/mails\/([^/]+)(\/html)?$/.exec(pathname) ?? [];
  const mail = mailbox.find(id);
  if (!mail || (part && mail.html === null)) return send(response, 404, missingPage(appUrl));
  if (!part) return send(response, 200, mailPage(mail, appUrl));
  const html = `<base target="_blank">${mail.html}`;
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups";
  send(response, 200, html, `${policy} allow-popups-to-escape-sandbox`);
}

const ownPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'";

function send(response: ServerResponse, status: number, body: string, policy = ownPolicy): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((ready, failed) => {
    server.once('error', failed);
    server.listen(port, loopback, () => {
      server.off('error', failed);
      ready();
    });
  });
}
