import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createTransport } from 'nodemailer';
import { Mailbox } from './mailbox.ts';
import { startMailServer, type MailServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'bqs-mails-'));
const started: MailServer[] = [];
let files = 0;

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFile = () => join(folder, `${++files}.jsonl`);

async function start(dataFile = newFile(), port = 0): Promise<MailServer> {
  const server = await startMailServer({ dataFile, appUrl: 'http://localhost:3000', port });
  started.push(server);
  return server;
}

const page = async (url: string) => (await fetch(url)).text();
const message = { subject: '', from: 'a@example.test', to: 'b@example.test', text: '', html: null };

describe('the mail server of npm start', () => {
  it('shows what it is sent, in a frame where no script runs, and after the next start too', async () => {
    const dataFile = newFile();
    const first = await start(dataFile);
    expect(await page(first.pageUrl)).toContain('No mail yet');
    await createTransport(first.smtpUrl).sendMail({
      from: 'bqs@example.test',
      to: 'ada@example.test',
      subject: 'Größe <b>',
      text: 'See http://localhost:3000/opportunities.',
      html: '<p>Hello <script>alert(1)</script></p>',
    });
    first.keep({ to: 'sales@example.test', subject: 'Your code is 123456', text: '123456' });
    await first.stop();
    started.length = 0;

    const { pageUrl } = await start(dataFile);
    const list = await page(pageUrl);
    expect(list).toMatch(/Your code is 123456[^]*Größe &lt;b&gt;/);
    const path = [...list.matchAll(/href="(\/mails\/[^"]+)"/g)].at(-1)?.[1] ?? '';
    const mail = await page(pageUrl + path);
    expect(mail).toContain('<a href="http://localhost:3000/opportunities">');
    expect(mail).not.toContain('<script>');
    const html = await fetch(`${pageUrl}${path}/html`);
    expect(html.headers.get('Content-Security-Policy')).toMatch(/default-src 'none'.*sandbox/);
    expect((await fetch(`${pageUrl}/mails/none`)).status).toBe(404);
  });

  it('keeps to this machine’s names, and removes mails at the word of its own page alone', async () => {
    const server = await start();
    server.keep({ to: 'ada@example.test', subject: 'Code', text: '1' });
    expect(await statusAs(server.pageUrl, 'elsewhere.test')).toBe(403);
    const clear = (headers: Record<string, string>) =>
      fetch(`${server.pageUrl}/clear`, { method: 'POST', redirect: 'manual', headers });
    expect((await clear({ Origin: 'http://elsewhere.test' })).status).toBe(403);
    expect(await page(server.pageUrl)).toContain('Code');
    expect((await clear({ Origin: server.pageUrl })).status).toBe(303);
    expect(await page(server.pageUrl)).toContain('No mail yet');
  });

  it('takes another port where its own is taken', async () => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const { port } = other.address() as AddressInfo;
    const { pageUrl } = await start(newFile(), port);
    expect(pageUrl).not.toContain(String(port));
    expect(await page(pageUrl)).toContain('No mail yet');
    other.close();
  });

  it('keeps the latest five hundred, in memory and in its file', () => {
    const file = newFile();
    const mailbox = new Mailbox(file);
    for (let index = 1; index <= 1201; index++) mailbox.keep({ ...message, subject: `${index}` });
    expect(mailbox.list()).toHaveLength(500);
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThanOrEqual(1001);
    const subjects = new Mailbox(file).list().map(({ subject }) => subject);
    expect([subjects.length, subjects[0], subjects.at(-1)]).toEqual([500, '1201', '702']);
  });
});

/** What it answers under another name: fetch lets nobody choose that. */
function statusAs(url: string, host: string): Promise<number | undefined> {
  return new Promise((done, failed) => {
    request(url, { headers: { Host: host } }, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .on('error', failed)
      .end();
  });
}
