import Busboy, {
  type BusboyFileStream,
  type BusboyHeaders,
  type BusboyInstance,
} from '@fastify/busboy';
import {
  claimedType,
  cleanName,
  evidenceTypeNames,
  type EvidenceType,
} from '#app/domain/evidence.ts';
import { checkContent, checkHead } from './evidence-content.server.ts';
import { FileRefused, spool, type SpooledFile } from './evidence-spool.server.ts';

export interface Upload {
  name: string;
  type: EvidenceType;
  file: SpooledFile;
  fields: Record<string, string>;
}

export interface UploadRefused {
  ok: false;
  status: 400 | 413 | 415;
  message: string;
  /** The file's name where its content is what was refused, and why: for the record. */
  content: { name: string; reason: string } | null;
  /** The fields that came before the file was refused. */
  fields: Record<string, string>;
}

/** What a form adds around its file. */
const wrapping = 64 * 1024;
const limits = {
  files: 1,
  fields: 10,
  parts: 12,
  fieldSize: 4000,
  headerPairs: 20,
  headerSize: 8192,
};

/**
 * Takes one file out of a posted form while it comes in. It stops at the first byte that is too many or
 * does not fit the file's name, and reads no further; whoever gets `ok` releases the file. The body is
 * never cancelled, since that would take the connection from under the answer.
 */
export async function receiveUpload(
  request: Request,
  mostBytes: number,
): Promise<({ ok: true } & Upload) | UploadRefused> {
  if (Number(request.headers.get('Content-Length') ?? 0) > mostBytes + wrapping) {
    return tooLarge(mostBytes);
  }
  let parser: BusboyInstance;
  try {
    parser = openParser(request);
  } catch {
    return refusal(400, 'This was no form with a file: nothing was kept.');
  }
  const taking = takeFile(parser, mostBytes);
  const fed = feed(request, parser, mostBytes + wrapping, taking.refused);
  try {
    await Promise.race([fed, taking.refused]);
    const upload = await taking.upload();
    if (!upload) throw new UploadStopped(refusal(400, 'Choose a file first.'));
    return { ok: true, ...upload };
  } catch (error) {
    taking.drop();
    const cutOff = 'The file did not come in whole, so nothing was kept. Try again.';
    const { refusal: given } =
      error instanceof UploadStopped ? error : { refusal: refusal(400, cutOff) };
    return { ...given, fields: taking.fields };
  }
}

class UploadStopped extends Error {
  readonly refusal: UploadRefused;

  constructor(given: UploadRefused) {
    super(given.message);
    this.refusal = given;
  }
}

function openParser(request: Request): BusboyInstance {
  const type = request.headers.get('Content-Type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) throw new TypeError('No form with files.');
  const headers: BusboyHeaders = { 'content-type': type };
  return new Busboy({ headers, limits, preservePath: true, highWaterMark: 64 * 1024 });
}

/** Listens for the file and the fields of a form. `refused` only ever rejects. */
function takeFile(parser: BusboyInstance, mostBytes: number) {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const { promise: refused, reject: stop } = Promise.withResolvers<never>();
  refused.catch(() => undefined);
  let taken: Promise<Omit<Upload, 'fields'>> | null = null;
  let coming: BusboyFileStream | null = null;
  parser.on('field', (name, value) => (fields[name] = value));
  parser.on('filesLimit', () => stop(new UploadStopped(refusal(400, 'Add one file at a time.'))));
  parser.on('partsLimit', () => stop(new TypeError('Too many parts.')));
  parser.on('error', stop);
  parser.on('file', (_field, stream, given: string | undefined) => {
    // A part that ends too early only says so: whoever reads it would wait for ever.
    stream.on('error', (error) => {
      stream.destroy(error);
      stop(error);
    });
    // A form whose file was not chosen still has the part, without a name.
    if (!given) return stream.resume();
    coming = stream;
    taken = takeOne(stream, given, mostBytes);
    taken.catch(stop);
    return stream;
  });
  const drop = () => {
    coming?.destroy();
    taken?.then(({ file }) => file.release()).catch(() => undefined);
  };
  return { refused, fields, drop, upload: async () => taken && { ...(await taken), fields } };
}

async function takeOne(
  stream: AsyncIterable<Uint8Array>,
  given: string,
  mostBytes: number,
): Promise<Omit<Upload, 'fields'>> {
  const name = cleanName(given);
  const type = claimedType(name);
  let file: SpooledFile | null = null;
  try {
    if (!type) throw new FileRefused('content', 'files of its kind are not taken');
    file = await spool(stream, { mostBytes, judge: (head) => checkHead(type, head) });
    if (file.bytes === 0) throw new UploadStopped(refusal(400, `“${name}” is empty.`));
    await checkContent(type, file);
    return { name, type, file };
  } catch (error) {
    await file?.release();
    if (!(error instanceof FileRefused)) throw error;
    if (error.reason === 'too-large') throw new UploadStopped(tooLarge(mostBytes));
    throw new UploadStopped(wrongContent(name, error.message));
  }
}

/** Hands the body on as fast as it is taken, and no further once the file is refused. */
async function feed(
  request: Request,
  parser: BusboyInstance,
  mostBytes: number,
  refused: Promise<never>,
): Promise<void> {
  const reader = request.body?.getReader();
  let bytes = 0;
  while (reader) {
    const { done, value } = await Promise.race([reader.read(), refused]);
    if (done) break;
    bytes += value.length;
    if (bytes > mostBytes) throw new UploadStopped(tooLarge(mostBytes - wrapping));
    await Promise.race([written(parser, value), refused]);
  }
  await new Promise<void>((finished, failed) => {
    parser.once('finish', finished).once('error', failed).end();
  });
}

function written(parser: BusboyInstance, piece: Uint8Array): Promise<void> {
  return new Promise((done, failed) => {
    parser.write(piece, (error) => (error ? failed(error) : done()));
  });
}

function tooLarge(mostBytes: number): UploadRefused {
  const most = `${Math.floor(mostBytes / 1024 / 1024)} MB`;
  return refusal(
    413,
    `The file is larger than ${most}, the most a file may have. Nothing was kept.`,
  );
}

function wrongContent(name: string, reason: string): UploadRefused {
  const message = `“${name}” was not taken: ${reason}. Files may be: ${evidenceTypeNames}.`;
  return { ...refusal(415, message), content: { name, reason } };
}

function refusal(status: UploadRefused['status'], message: string): UploadRefused {
  return { ok: false, status, message, content: null, fields: {} };
}
