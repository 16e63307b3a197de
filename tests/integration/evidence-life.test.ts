import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { startAssessment } from '#app/services/start-assessment.server.ts';
import { assignOpportunity } from '#app/services/assign-opportunity.server.ts';
import { completeSheet } from '../factories/sheet.ts';
import { pdfFile } from '../factories/files.ts';
import { startApplication, type Application } from '../setup/application.ts';
import { until } from '../setup/until.ts';
import {
  press,
  sharedOpportunity,
  signEverybodyIn,
  upload,
  type People,
} from './evidence-setup.ts';
import { acting, submitOpen } from './qualification-setup.ts';

/** A scanner that answers what it is told to, and keeps how many bytes it was shown. */
const scanner = { status: 200, shown: [] as number[] };
let server: Server;
let app: Application;
let people: People;

beforeAll(async () => {
  server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (piece: Buffer) => (bytes += piece.length));
    request.on('end', () => {
      scanner.shown.push(bytes);
      response.writeHead(scanner.status).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scan`;
  app = await startApplication({ worker: true, env: { EVIDENCE_SCAN_URL: url } });
  people = await signEverybodyIn(app);
});
afterAll(async () => {
  await app.stop();
  server.close();
});

const rowOf = (id: string) =>
  db.evidenceFile.findFirstOrThrow({
    where: { opportunityId: BigInt(id) },
    orderBy: { uploadedAt: 'desc' },
  });
const scanned = (id: string, scan: string) =>
  until(async () => (await rowOf(id)).scanStatus === scan);
const statusOf = async (fileId: string, cookie: string) => {
  const answer = await fetch(`${app.url}/files/${fileId}`, { headers: { Cookie: cookie } });
  await answer.body?.cancel();
  return answer.status;
};
const isStored = async (key: string) => {
  const rows = await db.$queryRaw<object[]>`
    SELECT FROM pg_largeobject_metadata WHERE oid = ${BigInt(key)}::bigint::oid`;
  return rows.length === 1;
};
const kindsOf = async (id: string) => {
  const where = { subjectId: id, kind: { startsWith: 'evidence.' } };
  const events = await db.auditEvent.findMany({ where, orderBy: { id: 'asc' } });
  return events.map(({ kind, actorName }) => [kind, actorName]);
};
const pdf = () => [{ name: 'file', filename: 'a.pdf', content: pdfFile(3_000_000) }];

describe('the scanner', () => {
  it('lets a clean file through, having seen all of it', async () => {
    scanner.status = 200;
    const { id, page } = await sharedOpportunity();
    await upload(app, people.sales, page, pdf());
    await scanned(id, 'CLEAN');
    expect(scanner.shown).toContain(3_000_000);
    expect(await statusOf((await rowOf(id)).id, people.manager)).toBe(200);
  });

  it('keeps a refused file from everybody, and its bytes from the store', async () => {
    scanner.status = 406;
    const { id, page } = await sharedOpportunity();
    await upload(app, people.sales, page, pdf());
    await scanned(id, 'REFUSED');
    const row = await rowOf(id);
    expect(await statusOf(row.id, people.sales)).toBe(410);
    await until(async () => !(await isStored(row.storageKey)));
    expect((await kindsOf(id)).at(-1)).toEqual(['evidence.refused', 'BQS']);
  });

  it('that is down leaves a file waiting, for nobody, until it is asked again', async () => {
    scanner.status = 503;
    const { id, page } = await sharedOpportunity();
    const before = scanner.shown.length;
    await upload(app, people.sales, page, pdf());
    await until(async () => scanner.shown.length > before);
    const row = await rowOf(id);
    expect([row.scanStatus, await statusOf(row.id, people.manager)]).toEqual(['PENDING', 409]);
    const shown = await fetch(app.url + page, { headers: { Cookie: people.sales } });
    expect(await shown.text()).toContain('Waits for the scanner');
    scanner.status = 200;
    const form = { intent: 'rescan', id: row.id };
    expect((await press(app, people.head, page, form)).status).toBe(404);
    expect((await press(app, people.sales, page, form)).status).toBe(302);
    await scanned(id, 'CLEAN');
    expect((await press(app, people.sales, page, form)).status).toBe(409);
  });
});

describe('a file is removed', () => {
  it('by whoever added it, with a reason, and its bytes go', async () => {
    scanner.status = 200;
    const { id, page } = await sharedOpportunity();
    await upload(app, people.sales, page, pdf());
    const { id: fileId, storageKey } = await rowOf(id);
    const remove = (cookie: string, reason: string) =>
      press(app, cookie, page, { intent: 'remove', id: fileId, reason });
    const short = await remove(people.sales, 'Oops');
    expect([short.status, (await short.text()).includes('value="Oops"')]).toEqual([400, true]);
    expect((await remove(people.architect, 'Not mine to remove.')).status).toBe(403);
    expect((await remove(people.sales, 'The wrong file.')).status).toBe(302);
    expect((await remove(people.sales, 'The wrong file.')).status).toBe(404);
    expect([await statusOf(fileId, people.manager), await isStored(storageKey)]).toEqual([
      404,
      false,
    ]);
    expect((await kindsOf(id)).map(([kind]) => kind)).toEqual([
      'evidence.added',
      'evidence.removed',
    ]);
  });

  it('after a submission by a manager alone, and its bytes stay', async () => {
    const { id, page } = await sharedOpportunity();
    const find = (email: string) => db.user.findFirstOrThrow({ where: { email } });
    const [manager, architect] = [
      await find('manager@example.test'),
      await find('architect@example.test'),
    ];
    await assignOpportunity(await acting(manager, id), architect.id);
    await startAssessment(await acting(architect, id));
    const about = { name: 'criterion', content: 'LEGAL' };
    await upload(app, people.architect, page, [...pdf(), about]);
    const row = await rowOf(id);
    expect(row.criterion).toBe('LEGAL');
    await submitOpen(architect, id, completeSheet());
    const form = { intent: 'remove', id: row.id, reason: 'Holds personal data.' };
    expect((await press(app, people.architect, page, form)).status).toBe(403);
    expect((await press(app, people.manager, page, form)).status).toBe(302);
    expect([await statusOf(row.id, people.manager), await isStored(row.storageKey)]).toEqual([
      404,
      true,
    ]);
  });

  it('of one opportunity through no other', async () => {
    const [one, other] = [await sharedOpportunity(), await sharedOpportunity()];
    await upload(app, people.sales, one.page, pdf());
    const { id } = await rowOf(one.id);
    const form = { intent: 'remove', id, reason: 'Through the back door.' };
    expect((await press(app, people.manager, other.page, form)).status).toBe(404);
    expect((await press(app, people.manager, other.page, { intent: 'nothing' })).status).toBe(400);
  });
});
