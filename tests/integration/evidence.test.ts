import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { pdfFile, pngFile, programFile, wordFile, zipFile } from '../factories/files.ts';
import { startApplication, type Application } from '../setup/application.ts';
import {
  flood,
  residentMb,
  sharedOpportunity,
  signEverybodyIn,
  upload,
  type People,
} from './evidence-setup.ts';

let app: Application;
let people: People;
beforeAll(async () => {
  app = await startApplication();
  people = await signEverybodyIn(app);
});
afterAll(() => app.stop());

const file = (filename: string, content: Buffer | string) => ({ name: 'file', filename, content });
const sumOf = (bytes: Buffer | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const filesOf = (id: string) => db.evidenceFile.findMany({ where: { opportunityId: BigInt(id) } });
const objects = async () => {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_largeobject_metadata`;
  return Number(row?.count);
};
const fetchFile = (id: string, cookie: string | null) =>
  fetch(`${app.url}/files/${id}`, {
    redirect: 'manual',
    headers: cookie ? { Cookie: cookie } : {},
  });

describe('a file that is taken', () => {
  it('comes back byte for byte, to be kept and never shown, 20 MB of it', async () => {
    const { id, page } = await sharedOpportunity();
    const content = pdfFile(20 * 1024 * 1024);
    const answer = await upload(app, people.sales, page, [
      { name: 'return_to', content: page },
      file('Angebot für Müller.pdf', content),
    ]);
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, page]);
    const [row] = await filesOf(id);
    expect(row).toMatchObject({
      name: 'Angebot für Müller.pdf',
      contentType: 'application/pdf',
      criterion: null,
      size: BigInt(content.length),
      sha256: sumOf(content),
      scanStatus: 'CLEAN',
    });
    const kept = await fetchFile(row!.id, people.architect);
    expect(kept.status).toBe(200);
    expect(sumOf(Buffer.from(await kept.arrayBuffer()))).toBe(sumOf(content));
    expect(Object.fromEntries(kept.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition': expect.stringContaining(`filename*=UTF-8''Angebot%20f%C3%BCr`),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
    const event = await db.auditEvent.findFirstOrThrow({ where: { subjectId: id } });
    expect(event).toMatchObject({
      kind: 'evidence.added',
      data: { file: 'Angebot für Müller.pdf', bytes: content.length, criterion: null },
    });
  });

  it.each([
    ['a.png', pngFile()],
    ['a.docx', wordFile()],
    ['a.txt', Buffer.from('Grüße, ein Text.')],
    ['a.csv', Buffer.from('\ufeffname;amount\r\nx;1\r\n')],
    ['one-byte.txt', Buffer.from('x')],
    ['exact.txt', Buffer.alloc(4100, 'ä'.repeat(3))],
  ])('%s is told by its content', async (name, content) => {
    const { id, page } = await sharedOpportunity();
    expect((await upload(app, people.sales, page, [file(name, content)])).status).toBe(302);
    const [row] = await filesOf(id);
    const kept = await fetchFile(row!.id, people.manager);
    expect(Buffer.from(await kept.arrayBuffer()).equals(content)).toBe(true);
    expect(kept.headers.get('Content-Length')).toBe(String(content.length));
  });

  it('has a name for showing only: no path, no header, no NUL', async () => {
    const { id, page } = await sharedOpportunity();
    for (const name of [
      '../../../etc/cron.d/x.pdf',
      'C:\\\\x\\\\y.pdf',
      'a%0d%0aX-Evil: 1.pdf',
      'n\0l.pdf',
    ]) {
      expect((await upload(app, people.sales, page, [file(name, pdfFile())])).status).toBe(302);
    }
    const rows = await filesOf(id);
    expect(rows.map(({ name }) => name).sort()).toEqual(
      ['a%0d%0aX-Evil: 1.pdf', 'nl.pdf', 'x.pdf', 'y.pdf'].sort(),
    );
    for (const { id: fileId, storageKey } of rows) {
      expect(storageKey).toMatch(/^\d+$/);
      const kept = await fetchFile(fileId, people.manager);
      await kept.body?.cancel();
      expect([kept.status, kept.headers.get('X-Evil')]).toEqual([200, null]);
    }
  });
});

describe('a file that is refused', () => {
  it.each([
    ['a program named .pdf', [file('invoice.pdf', programFile())], 415],
    ['a program named .txt', [file('notes.txt', programFile())], 415],
    ['a page named .txt', [file('notes.txt', '<!doctype html><script>1</script>')], 415],
    ['a page named .pdf', [file('notes.pdf', '<html></html>')], 415],
    ['a page by name', [file('notes.html', 'words')], 415],
    ['a drawing named .png', [file('a.png', '<svg xmlns="x"/>')], 415],
    ['a zip named .pdf', [file('a.pdf', zipFile(['a.txt']))], 415],
    ['a zip named .docx', [file('a.docx', zipFile(['a.txt']))], 415],
    ['macros named .docx', [file('a.docx', wordFile('word/vbaProject.bin'))], 415],
    ['an Excel file named .docx', [file('a.docx', zipFile(['xl/workbook.xml']))], 415],
    ['text that is not UTF-8', [file('a.csv', Buffer.from('caf\xe9;1', 'latin1'))], 415],
    ['NUL late in a text', [file('a.txt', `${'x'.repeat(9000)}\0`)], 415],
    ['an empty file', [file('a.pdf', '')], 400],
    ['no file chosen', [file('', '')], 400],
    ['no file part', [{ name: 'criterion', content: '' }], 400],
    ['two files', [file('a.pdf', pdfFile()), file('b.pdf', pdfFile())], 400],
    [
      'an unknown criterion',
      [{ name: 'criterion', content: 'NONE' }, file('a.pdf', pdfFile())],
      400,
    ],
  ])('%s: in words on the page, with nothing kept', async (_what, parts, status) => {
    const { id, page } = await sharedOpportunity();
    const before = await objects();
    const answer = await upload(app, people.sales, page, parts);
    const text = await answer.text();
    expect([answer.status, text.includes('role="alert"')]).toEqual([status, true]);
    expect([await filesOf(id), await objects()]).toEqual([[], before]);
    const events = await db.auditEvent.findMany({ where: { subjectId: id } });
    expect(events.map(({ kind }) => kind)).toEqual(status === 415 ? ['evidence.refused'] : []);
  });

  it('a form that is cut off or is none', async () => {
    const { id, page } = await sharedOpportunity();
    const post = (type: string, body: string) =>
      fetch(`${app.url}${page}/files`, {
        method: 'POST',
        headers: { Cookie: people.sales, Origin: app.url, 'Content-Type': type },
        body,
      });
    const broken = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7`;
    expect((await post('multipart/form-data; boundary=b', broken)).status).toBe(400);
    expect((await post('multipart/form-data', broken)).status).toBe(400);
    expect((await post('multipart/form-data; boundary=b', '')).status).toBe(400);
    expect(await filesOf(id)).toEqual([]);
  });
});

describe('a file that is too large', () => {
  it('is answered before a byte is read where its length says so', async () => {
    const { page } = await sharedOpportunity();
    const given = { mostBytes: 0, length: 2 * 1024 ** 3 };
    expect(await flood(app, people.sales, page, given)).toMatchObject({ status: 413, sent: 0 });
  });

  it('is cut while it streams, in flat memory, with nothing kept', async () => {
    const { id, page } = await sharedOpportunity();
    const before = [residentMb(app.pid) ?? 0, await objects()];
    let most = 0;
    const watch = () => (most = Math.max(most, residentMb(app.pid) ?? 0));
    const given = { mostBytes: 400 * 1024 * 1024, length: null, watch };
    const { status, sent, cut } = await flood(app, people.sales, page, given);
    expect([status, cut]).toEqual([413, true]);
    expect(sent).toBeLessThan(100 * 1024 * 1024);
    expect(most - before[0]!).toBeLessThan(60);
    expect([await filesOf(id), await objects()]).toEqual([[], before[1]]);
  });

  it('is cut too where nobody may send it', async () => {
    const { page } = await sharedOpportunity();
    const given = { mostBytes: 400 * 1024 * 1024, length: null };
    const { status, sent, cut } = await flood(app, people.head, page, given);
    expect([status, cut, sent < 100 * 1024 * 1024]).toEqual([404, true, true]);
  });
});

describe('who may not', () => {
  it('add: nobody signed in, a newcomer, somebody out of scope, another site, on what is gone', async () => {
    const { id, page } = await sharedOpportunity();
    const parts = [file('a.pdf', pdfFile())];
    expect((await upload(app, null, page, parts)).status).toBe(401);
    expect((await upload(app, people.newcomer, page, parts)).headers.get('Location')).toBe(
      '/welcome',
    );
    expect((await upload(app, people.head, page, parts)).status).toBe(404);
    const foreign = await fetch(`${app.url}${page}/files`, {
      method: 'POST',
      headers: { Cookie: people.sales, Origin: 'https://evil.example.test' },
      body: 'x',
    });
    expect(foreign.status).toBe(403);
    const gone = await sharedOpportunity({ goneSince: new Date() });
    expect((await upload(app, people.sales, gone.page, parts)).status).toBe(409);
    expect([await filesOf(id), await filesOf(gone.id)]).toEqual([[], []]);
  });

  it('read: out of scope it is not there, and neither is what never was', async () => {
    const { id, page } = await sharedOpportunity();
    await upload(app, people.sales, page, [file('a.pdf', pdfFile())]);
    const [row] = await filesOf(id);
    const statuses = await Promise.all([
      fetchFile(row!.id, people.head),
      fetchFile(crypto.randomUUID(), people.manager),
      fetchFile('..%2f..%2fetc%2fpasswd', people.manager),
      fetchFile(row!.id, null),
      fetchFile(row!.id, people.newcomer),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404, 302, 302]);
  });
});
