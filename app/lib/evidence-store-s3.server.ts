import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { EvidenceStore } from './evidence-store.server.ts';

export interface S3Config {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * Keeps files in a bucket that speaks S3's API, under names made here. A file is there before its row;
 * one whose row is refused is taken back. The bucket is addressed by path, as compatible stores want it.
 */
export function createS3Store(config: S3Config): EvidenceStore {
  const { endpoint, bucket: Bucket, region, accessKeyId, secretAccessKey } = config;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 3,
    // Compatible stores know the signature, and not all of them the newer sums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 },
  });
  const remove = async (Key: string) => {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  };
  return {
    name: 's3',
    async put(file) {
      const Key = `evidence/${randomUUID()}`;
      const params = { Bucket, Key, Body: Readable.from(file.pieces()) };
      await new Upload({ client, params, queueSize: 2 }).done();
      return { commit: async () => Key, discard: () => remove(Key) };
    },
    async *read(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      if (!Body) throw new Error(`The store answered without the file ${Key}.`);
      yield* Body as Readable;
    },
    remove,
  };
}
