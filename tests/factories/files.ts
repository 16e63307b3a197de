import { crc32 } from 'node:zlib';
import { randomFillSync } from 'node:crypto';

/** A PDF as far as anybody looks, of this many bytes, of which no two are alike. */
export function pdfFile(bytes = 2000): Buffer {
  const file = randomFillSync(Buffer.alloc(bytes));
  file.write('%PDF-1.7\n');
  return file;
}

/** The beginning of a Windows program, of this many bytes. */
export function programFile(bytes = 8000): Buffer {
  const file = Buffer.alloc(bytes, 0x90);
  file.write('MZ\x90\0\x03\0\0\0', 'latin1');
  return file;
}

export function pngFile(): Buffer {
  const header = '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489';
  return Buffer.concat([
    Buffer.from(header, 'hex'),
    Buffer.from('0000000049454e44ae426082', 'hex'),
  ]);
}

/** A zip with these names in it, uncompressed. */
export function zipFile(names: readonly string[]): Buffer {
  const content = Buffer.from('<x/>');
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(label.length, 22);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), common, label, content]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0'), common, place, label);
    entries.push(entry);
    offset += entry.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(names.length, 4);
  end.writeUInt16LE(names.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...entries, ...directory, Buffer.from('PK\x05\x06'), end]);
}

/** A Word file; its table of contents comes last, as some programs write it. */
export function wordFile(...more: string[]): Buffer {
  return zipFile(['word/document.xml', ...more, '[Content_Types].xml']);
}
