import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3StandIn {
  url: string;
  bucket: string;
  /** What is stored, by key. */
  objects: Map<string, Buffer>;
  /** Uploads in parts that were begun and neither completed nor taken back. */
  open: Map<string, Map<number, Buffer>>;
  /** Makes every answer a fault with this status; null: none. */
  fail: number | null;
  /** Method, path and query of every request so far. */
  seen: string[];
  stop(): Promise<void>;
}

/** As much of S3's API as the store asks for: put, get and delete an object, and an upload in parts. */
export async function startS3(bucket = 'evidence-test'): Promise<S3StandIn> {
  const standIn: Omit<S3StandIn, 'url' | 'stop'> = {
    bucket,
    objects: new Map(),
    open: new Map(),
    fail: null,
    seen: [],
  };
  const server = createServer((request, response) => {
    void answer(standIn, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  });
}

type Parts = Omit<S3StandIn, 'url' | 'stop'>;

async function answer(s3: Parts, request: IncomingMessage, response: ServerResponse) {
  const { method = '' } = request;
  const url = new URL(request.url ?? '/', 'http://s3.invalid');
  s3.seen.push(`${method} ${url.pathname}${url.search}`);
  const body = await bodyOf(request);
  if (s3.fail) return xml(response, s3.fail, error('SlowDown'));
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    return xml(response, 403, error('AccessDenied'));
  }
  const [, bucket, ...rest] = url.pathname.split('/');
  const key = rest.join('/');
  if (bucket !== s3.bucket) return xml(response, 404, error('NoSuchBucket'));
  const uploadId = url.searchParams.get('uploadId');
  if (method === 'POST' && url.searchParams.has('uploads')) return begin(s3, response);
  if (uploadId) return ofUpload(s3, { method, uploadId, key, url, body }, response);
  return ofObject(s3, { method, key, body }, response);
}

function begin(s3: Parts, response: ServerResponse) {
  const id = randomUUID();
  s3.open.set(id, new Map());
  const inner = `<UploadId>${id}</UploadId>`;
  xml(response, 200, `<InitiateMultipartUploadResult>${inner}</InitiateMultipartUploadResult>`);
}

function ofUpload(
  s3: Parts,
  asked: { method: string; uploadId: string; key: string; url: URL; body: Buffer },
  response: ServerResponse,
) {
  const parts = s3.open.get(asked.uploadId);
  if (!parts) return xml(response, 404, error('NoSuchUpload'));
  if (asked.method === 'PUT') {
    parts.set(Number(asked.url.searchParams.get('partNumber')), asked.body);
    return sent(response, 200, { ETag: tagOf(asked.body) });
  }
  s3.open.delete(asked.uploadId);
  if (asked.method === 'DELETE') return sent(response, 204);
  const inOrder = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
  const whole = Buffer.concat(inOrder);
  s3.objects.set(asked.key, whole);
  const inner = `<Key>${asked.key}</Key><ETag>${tagOf(whole)}</ETag>`;
  xml(response, 200, `<CompleteMultipartUploadResult>${inner}</CompleteMultipartUploadResult>`);
}

function ofObject(
  s3: Parts,
  { method, key, body }: { method: string; key: string; body: Buffer },
  response: ServerResponse,
) {
  if (method === 'PUT') {
    s3.objects.set(key, body);
    return sent(response, 200, { ETag: tagOf(body) });
  }
  if (method === 'DELETE') {
    s3.objects.delete(key);
    return sent(response, 204);
  }
  const object = s3.objects.get(key);
  if (!object) return xml(response, 404, error('NoSuchKey'));
  response.writeHead(200, { 'Content-Length': object.length, ETag: tagOf(object) }).end(object);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function error(code: string): string {
  return `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

function tagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function sent(response: ServerResponse, status: number, headers = {}): void {
  response.writeHead(status, headers).end();
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
}
