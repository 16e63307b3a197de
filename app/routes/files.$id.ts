import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';
import { attachmentOf } from '#app/lib/content-disposition.ts';
import { db } from '#app/lib/db.server.ts';
import { evidenceStore } from '#app/lib/evidence-store.server.ts';
import { log } from '#app/lib/log.server.ts';
import { findEvidenceInScope } from '#app/models/evidence.server.ts';

/** Hands a file out to be kept, never to be shown as part of this site. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope } = await requirePermission(args, 'read:opportunity');
  const file = await find(args.params.id, scope);
  if (file.scan === 'PENDING')
    throw words(409, 'This file waits for the virus scanner. Come back.');
  if (file.scan === 'REFUSED')
    throw words(410, 'The scanner refused this file, so it is not kept.');
  const pieces = evidenceStore.read(file.storageKey);
  const first = await pieces.next().catch((error: unknown) => {
    log.error({ fileId: file.id, error: String(error) }, 'the bytes of a file are out of reach');
    throw words(503, 'The file is out of reach at the moment. Try again shortly.');
  });
  const body = Readable.from(resumed(first, pieces), { objectMode: false });
  return new Response(createReadableStreamFromReadable(body), {
    headers: {
      'Content-Type': file.contentType,
      'Content-Disposition': attachmentOf(file.name),
      'Content-Length': String(file.bytes),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      // Compressed on the way it would lose its length.
      'Cache-Control': 'private, no-store, no-transform',
    },
  });
}

async function find(id = '', scope: Parameters<typeof findEvidenceInScope>[1]) {
  const known = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  const file = known ? await findEvidenceInScope(db, scope, id) : null;
  if (!file) throw words(404, 'There is no such file among those your roles let you see.');
  return file;
}

async function* resumed(first: IteratorResult<Uint8Array>, rest: AsyncGenerator<Uint8Array>) {
  if (!first.done) yield first.value;
  yield* rest;
}

function words(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
