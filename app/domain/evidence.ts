/** How the content of a type is told: by its first bytes, by the parts of an Office file, or as text. */
type Proof =
  { by: 'signature'; extension: string } | { by: 'office'; part: string } | { by: 'text' };

export interface EvidenceType {
  /** The endings a name may have, in lower case. */
  extensions: readonly string[];
  name: string;
  contentType: string;
  kind: 'document' | 'sheet' | 'slides' | 'image' | 'text';
  proof: Proof;
}

const office = 'application/vnd.openxmlformats-officedocument';
const slides = 'ppt/presentation.xml';

/** What may be added as evidence. Nothing here runs when it is opened, macros included. */
export const evidenceTypes: readonly EvidenceType[] = [
  row(['pdf'], 'PDF', 'application/pdf', 'document', signature('pdf')),
  row(
    ['docx'],
    'Word',
    `${office}.wordprocessingml.document`,
    'document',
    part('word/document.xml'),
  ),
  row(['xlsx'], 'Excel', `${office}.spreadsheetml.sheet`, 'sheet', part('xl/workbook.xml')),
  row(['pptx'], 'PowerPoint', `${office}.presentationml.presentation`, 'slides', part(slides)),
  row(['png'], 'PNG', 'image/png', 'image', signature('png')),
  row(['jpg', 'jpeg'], 'JPEG', 'image/jpeg', 'image', signature('jpg')),
  row(['webp'], 'WebP', 'image/webp', 'image', signature('webp')),
  row(['txt'], 'text', 'text/plain; charset=utf-8', 'text', { by: 'text' }),
  row(['csv'], 'CSV', 'text/csv; charset=utf-8', 'sheet', { by: 'text' }),
];

/** The types for a sentence: `PDF, Word, …`. */
export const evidenceTypeNames = evidenceTypes.map(({ name }) => name).join(', ');

/** For the `accept` of a file field. */
export const evidenceAccept = evidenceTypes
  .flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`))
  .join(',');

/** How many bytes a type is judged by before the rest has come. */
export const headBytes = 4100;
export const mostNameLength = 200;
/** How many files one opportunity may have at a time. */
export const mostFiles = 200;

/** The type a name claims; null where its ending is not on the list. */
export function claimedType(name: string): EvidenceType | null {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return evidenceTypes.find(({ extensions }) => extensions.includes(extension)) ?? null;
}

/**
 * What is wrong with the first bytes of a file that claims to be `type`; null where they fit it.
 * `detected` is the ending that the bytes speak for, null where they speak for none.
 */
export function headProblem(
  type: EvidenceType,
  head: Uint8Array,
  detected: string | null,
): string | null {
  const { proof } = type;
  if (proof.by === 'text') return textProblem(head);
  const looks = detected === null ? '' : `: it looks like ${detected.toUpperCase()}`;
  const fits =
    proof.by === 'signature' ? detected === proof.extension : startsWith(head, [80, 75, 3, 4]);
  return fits ? null : `it is named as ${type.name}, but its content is not${looks}`;
}

/** What is wrong with an Office file that holds these parts; null where nothing is. */
export function partsProblem(type: EvidenceType, parts: readonly string[]): string | null {
  if (type.proof.by !== 'office') return null;
  if (parts.some((name) => /vbaproject\.bin$/i.test(name))) return 'it holds macros';
  const whole = parts.includes('[Content_Types].xml') && parts.includes(type.proof.part);
  return whole ? null : `it is named as ${type.name}, but its content is not`;
}

/** What is wrong with a piece of text that a decoder has accepted as UTF-8; null where nothing is. */
export function controlProblem(text: string): string | null {
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text) ? 'it holds bytes that are no text' : null;
}

/** Text that a program would run or draw is not plain, whatever its name. */
function textProblem(head: Uint8Array): string | null {
  const text = new TextDecoder().decode(head).trimStart();
  if (/^(<[a-z!?/]|#!|\{\\rtf|%!PS|%PDF)/i.test(text)) {
    return 'it is markup or a program, not plain text';
  }
  return controlProblem(text);
}

/** A file's name for showing: the last part of a path, without what hides or turns text around. */
export function cleanName(given: string): string {
  // A browser writes the quotation marks of a name so, since the header it sends them in has its own.
  const written = given.replaceAll('%22', '"');
  const last = written.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const shown = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const [, stem = '', ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(shown) ?? [];
  const tail = cut(ending, 20);
  return cut(stem || 'file', mostNameLength - tail.length) + tail;
}

/** The beginning of a text, its last character whole. */
function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** A size as people read it: `480 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1023.5) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function row(
  extensions: readonly string[],
  name: string,
  contentType: string,
  kind: EvidenceType['kind'],
  proof: Proof,
): EvidenceType {
  return { extensions, name, contentType, kind, proof };
}

function signature(extension: string): Proof {
  return { by: 'signature', extension };
}

function part(name: string): Proof {
  return { by: 'office', part: name };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
