import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#app/lib/db.server.ts';
import { postgresStore } from '#app/lib/evidence-store-postgres.server.ts';
import { createS3Store } from '#app/lib/evidence-store-s3.server.ts';
import type { EvidenceStore, Incoming } from '#app/lib/evidence-store.server.ts';
import { pdfFile } from '../factories/files.ts';
import { startApplication } from '../setup/application.ts';
import { startS3, type S3StandIn } from '../setup/s3.ts';
import { sharedOpportunity, signEverybodyIn, upload } from './evidence-setup.ts';

let s3: S3StandIn;
let stores: Record<EvidenceStore['name'], EvidenceStore>;
const credentials = { region: 'eu-central-1', accessKeyId: 'key', secretAccessKey: 'secret' };
beforeAll(async () => {
  s3 = await startS3();
  const s3Store = createS3Store({ ...credentials, endpoint: s3.url, bucket: s3.bucket });
  stores = { s3: s3Store, postgres: postgresStore };
});
afterAll(() => s3.stop());

function incoming(content: Buffer): Incoming {
  async function* pieces() {
    for (let at = 0; at < content.length; at += 100_000) yield content.subarray(at, at + 100_000);
  }
  return { bytes: content.length, pieces };
}

async function keep(store: EvidenceStore, content: Buffer): Promise<string> {
  const staged = await store.put(incoming(content));
  return db.$transaction((tx) => staged.commit(tx), { timeout: 30_000 });
}

async function read(store: EvidenceStore, key: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(key)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe.each(['postgres', 's3'] as const)('the %s store', (name) => {
  it.each([1, 512 * 1024, 12 * 1024 * 1024 + 7])('keeps %d bytes as they are', async (bytes) => {
    const content = pdfFile(bytes);
    const key = await keep(stores[name], content);
    expect((await read(stores[name], key)).equals(content)).toBe(true);
  });

  it('removes a file once and for all, and does not mind when it is not there', async () => {
    const key = await keep(stores[name], pdfFile());
    await stores[name].remove(key);
    await stores[name].remove(key);
    await expect(read(stores[name], key)).rejects.toThrow();
  });

  it('keeps nothing of what is discarded or rolled back', async () => {
    const count = async () => {
      const rows = await db.$queryRaw<object[]>`SELECT FROM pg_largeobject_metadata`;
      return rows.length + s3.objects.size;
    };
    const before = await count();
    const staged = await stores[name].put(incoming(pdfFile()));
    const failing = db.$transaction(async (tx) => {
      await staged.commit(tx);
      throw new Error('The row was refused.');
    });
    await expect(failing).rejects.toThrow('The row was refused.');
    await staged.discard();
    expect(await count()).toBe(before);
  });
});

describe('the s3 store', () => {
  it('sends what is large in parts, under a name of its own', async () => {
    s3.seen.length = 0;
    const key = await keep(stores.s3, pdfFile(12 * 1024 * 1024));
    expect(key).toMatch(/^evidence\/[\da-f-]{36}$/);
    expect(s3.seen.filter((line) => line.includes('partNumber'))).toHaveLength(3);
    expect(s3.open.size).toBe(0);
  });

  it('says so when the store is out of order, and leaves nothing half done', async () => {
    s3.fail = 503;
    await expect(stores.s3.put(incoming(pdfFile()))).rejects.toThrow();
    s3.fail = null;
    const wrong = createS3Store({ ...credentials, endpoint: s3.url, bucket: 'none-such' });
    await expect(wrong.put(incoming(pdfFile()))).rejects.toThrow('NoSuchBucket');
    expect(s3.open.size).toBe(0);
  });
});

describe('the application with an S3 store', () => {
  it('keeps files there, and nothing of them in Postgres', async () => {
    const app = await startApplication({
      env: {
        EVIDENCE_S3_ENDPOINT: s3.url,
        EVIDENCE_S3_BUCKET: s3.bucket,
        EVIDENCE_S3_REGION: 'eu-central-1',
        EVIDENCE_S3_ACCESS_KEY_ID: 'key',
        EVIDENCE_S3_SECRET_ACCESS_KEY: 'secret',
      },
    });
    try {
      const people = await signEverybodyIn(app);
      const { id, page } = await sharedOpportunity();
      const content = pdfFile(7 * 1024 * 1024);
      const parts = [{ name: 'file', filename: 'a.pdf', content }];
      expect((await upload(app, people.sales, page, parts)).status).toBe(302);
      const row = await db.evidenceFile.findFirstOrThrow({ where: { opportunityId: BigInt(id) } });
      expect(s3.objects.get(row.storageKey)?.equals(content)).toBe(true);
      const ask = () =>
        fetch(`${app.url}/files/${row.id}`, { headers: { Cookie: people.manager } });
      expect(Buffer.from(await (await ask()).arrayBuffer()).equals(content)).toBe(true);
      const before = s3.objects.size;
      const bad = [{ name: 'criterion', content: 'NONE' }, ...parts];
      expect((await upload(app, people.sales, page, bad)).status).toBe(400);
      expect(s3.objects.size).toBe(before);
      s3.fail = 503;
      expect((await ask()).status).toBe(503);
    } finally {
      s3.fail = null;
      await app.stop();
    }
  });
});
