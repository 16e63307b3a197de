/** A mail taken apart as far as the page of mails needs it. */
export interface Message {
  subject: string;
  from: string;
  to: string;
  text: string | null;
  html: string | null;
}

interface Part {
  headers: Map<string, string>;
  /** Its bytes, one character each. */
  body: string;
}

/** Reads a mail as it came over SMTP. What it does not understand it shows as it is. */
export function readMessage(raw: Buffer): Message {
  const whole = split(raw.toString('latin1'));
  const parts = leaves(whole, 0);
  const find = (type: string) => {
    const part = parts.find((each) => typeOf(each).startsWith(type));
    return part ? decodeBody(part) : null;
  };
  const header = (name: string) => decodeWords(whole.headers.get(name) ?? '');
  const html = find('text/html');
  const text = find('text/plain') ?? (html === null ? decodeBody(whole) : null);
  return { subject: header('subject'), from: header('from'), to: header('to'), text, html };
}

function split(text: string): Part {
  const at = /(^|\r?\n)\r?\n/.exec(text);
  const head = at ? text.slice(0, at.index) : text;
  const body = at ? text.slice(at.index + at[0].length) : '';
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body };
}

/** The parts that hold no further ones. */
function leaves(part: Part, depth: number): Part[] {
  const type = part.headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!/^multipart\//i.test(type) || !boundary || depth > 5) return [part];
  const [whole = ''] = part.body.split(`--${boundary}--`);
  const pieces = whole.split(`--${boundary}`).slice(1);
  return pieces.flatMap((piece) => leaves(split(piece.replace(/^\r?\n/, '')), depth + 1));
}

function typeOf(part: Part): string {
  return (part.headers.get('content-type') ?? 'text/plain').toLowerCase();
}

function decodeBody(part: Part): string {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase();
  const body = part.body.replace(/\r\n/g, '\n');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  return bytesOf(body.replaceAll('=\n', ''));
}

/** Encoded words of a header (RFC 2047); those that stand side by side are one text. */
function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('latin1')
        : Buffer.from(bytesOf(word.replaceAll('_', ' ')), 'utf8').toString('latin1'),
    )
    .replace(/[^\0-\x7f]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}

/** `=C3=A4` as the letter it is. */
function bytesOf(quoted: string): string {
  const bytes = quoted.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
