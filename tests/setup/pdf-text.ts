import { constants, inflateSync } from 'node:zlib';

/** The text of a PDF as far as our own are made: compressed pages, fonts with a table back to Unicode. */
export function pdfText(bytes: Buffer): string {
  const raw = bytes.toString('latin1');
  const objects = new Map<string, { head: string; body: string }>();
  for (const [, id = '', head = '', rest = ''] of raw.matchAll(
    /(\d+) 0 obj\n([\s\S]*?)(?:stream\r?\n([\s\S]*?)\r?\nendstream\s*)?endobj/g,
  )) {
    objects.set(id, { head, body: head.includes('/FlateDecode') ? inflated(rest) : rest });
  }
  const tables = new Map<string, Map<string, string>>();
  for (const [, name = '', id = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1] ?? '';
    tables.set(name, tableOf(objects.get(table)?.body ?? ''));
  }
  const pages = [...objects.values()].filter(({ body }) => body.includes(' Tf'));
  return pages.map(({ body }) => shown(body, tables)).join('\n');
}

function inflated(stream: string): string {
  try {
    // The last byte of a stream may be a carriage return, which then reads as part of the line end after it.
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    return inflateSync(Buffer.from(stream, 'latin1'), options).toString('latin1');
  } catch {
    return '';
  }
}

/** Glyph to letters, from the ranges of a ToUnicode table. */
function tableOf(table: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, first = '', letters = ''] of table.matchAll(
    /<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi,
  )) {
    [...letters.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], index) => {
      const glyph = (parseInt(first, 16) + index).toString(16).padStart(4, '0');
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      glyphs.set(glyph, String.fromCharCode(...units.map((unit) => parseInt(unit, 16))));
    });
  }
  return glyphs;
}

/** What a page's stream writes, its pieces put together. */
function shown(stream: string, tables: Map<string, Map<string, string>>): string {
  let table: Map<string, string> | undefined;
  let text = '';
  for (const [, font, pieces] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) table = tables.get(font);
    for (const [, hex = ''] of (pieces ?? '').matchAll(/<([0-9a-f]*)>/gi)) {
      for (const glyph of hex.toLowerCase().match(/.{4}/g) ?? []) text += table?.get(glyph) ?? '';
    }
  }
  return text;
}
