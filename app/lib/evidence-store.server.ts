import type { Db } from './db.server.ts';
import { env } from './env.server.ts';
import { postgresStore } from './evidence-store-postgres.server.ts';

/** What a store needs of a file: its size, and its bytes from first to last. */
export interface Incoming {
  bytes: number;
  pieces(): AsyncIterable<Uint8Array>;
}

/** A file on its way into a store, kept for good only with the row that names it. */
export interface Staged {
  /** Keeps the file in the transaction of its row, and says under which key. */
  commit(tx: Db): Promise<string>;
  /** Takes back what was staged, when there is no row. */
  discard(): Promise<void>;
}

/** Where the bytes of evidence are. Keys are the store's own; nothing of a file's name is in them. */
export interface EvidenceStore {
  name: 'postgres' | 's3';
  put(file: Incoming): Promise<Staged>;
  /** The bytes from first to last, a piece at a time. Throws where they are not there. */
  read(key: string): AsyncGenerator<Uint8Array>;
  /** Removing what is not there is no fault. */
  remove(key: string): Promise<void>;
}

/** The store of this installation; every process of it has the same. */
export const evidenceStore: EvidenceStore = await storeOf(env);

/** The client of S3 is large: only who uses it loads it. */
async function storeOf(settings: typeof env): Promise<EvidenceStore> {
  const { EVIDENCE_S3_ENDPOINT: endpoint, EVIDENCE_S3_BUCKET: bucket } = settings;
  const { EVIDENCE_S3_REGION: region, EVIDENCE_S3_ACCESS_KEY_ID: accessKeyId } = settings;
  const { EVIDENCE_S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  if (!endpoint || !bucket || !region || !accessKeyId || !secretAccessKey) return postgresStore;
  const { createS3Store } = await import('./evidence-store-s3.server.ts');
  return createS3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey });
}
