import { fileTypeFromBuffer } from 'file-type';
import {
  controlProblem,
  headProblem,
  partsProblem,
  type EvidenceType,
} from '#app/domain/evidence.ts';
import { FileRefused, type SpooledFile } from './evidence-spool.server.ts';

const mostDirectoryBytes = 4 * 1024 * 1024;

/** Throws FileRefused where the first bytes do not fit what the name claims. */
export async function checkHead(type: EvidenceType, head: Uint8Array): Promise<void> {
  const detected = await fileTypeFromBuffer(head).catch(() => undefined);
  refuseFor(headProblem(type, head, detected?.ext ?? null));
}

/** Throws FileRefused where the whole content does not fit what the name claims. */
export async function checkContent(type: EvidenceType, file: SpooledFile): Promise<void> {
  if (type.proof.by === 'text') await checkText(file);
  if (type.proof.by === 'office') refuseFor(partsProblem(type, await partNames(file)));
}

async function checkText(file: SpooledFile): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of file.pieces()) {
      refuseFor(controlProblem(decoder.decode(piece, { stream: true })));
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    refuseFor('its text is not UTF-8; save it as UTF-8 first');
  }
}

/**
 * The names in a zip's directory, which stands at the end and is what Office reads; entries met on the
 * way there may be anything. None where there is no directory.
 */
async function partNames({ bytes, at }: SpooledFile): Promise<string[]> {
  const tailLength = Math.min(bytes, 22 + 0xffff);
  const tail = await at(bytes - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > tail.length) return [];
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > mostDirectoryBytes || start + length > bytes) return [];
  const directory = await at(start, length);
  const names: string[] = [];
  for (let place = 0; place + 46 <= directory.length;) {
    if (directory.readUInt32LE(place) !== 0x02014b50) return [];
    const nameEnd = place + 46 + directory.readUInt16LE(place + 28);
    names.push(directory.toString('utf8', place + 46, nameEnd));
    place = nameEnd + directory.readUInt16LE(place + 30) + directory.readUInt16LE(place + 32);
  }
  return names;
}

function refuseFor(problem: string | null): void {
  if (problem) throw new FileRefused('content', problem);
}
