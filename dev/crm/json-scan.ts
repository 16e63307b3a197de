const quote = 34;
const backslash = 92;
const comma = 44;
const colon = 58;

/** Numbers a scan writes per attribute: hash of its name, start of the key, start and end of the value. */
export const spanWidth = 4;
const mostAttributes = 1000;

/** Room for one scan; reused, since a page is scanned record by record. */
export function newSpans(): Int32Array {
  return new Int32Array(spanWidth * mostAttributes);
}

/** The hash under which a scan reports an attribute (FNV-1a over its bytes). */
export function nameHash(name: string): number {
  let hash = -2128831035;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 16777619);
  return hash;
}

/**
 * Finds every top-level attribute of the JSON object in `bytes[start, end)` without building it, so
 * that numbers keep every digit. Returns how many there are, or -1 where the text is no JSON object.
 */
export function scanRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  spans: Int32Array,
): number {
  let at = skipSpace(bytes, start, end);
  if (bytes[at] !== 123) return -1;
  at = skipSpace(bytes, at + 1, end);
  if (bytes[at] === 125) return 0;
  for (let count = 0; at < end && count < mostAttributes; count++) {
    if (bytes[at] !== quote) return -1;
    const keyStart = at;
    let hash = -2128831035;
    for (at++; at < end && bytes[at] !== quote; at++) {
      if (bytes[at] === backslash) hash = Math.imul(hash ^ bytes[at++]!, 16777619);
      hash = Math.imul(hash ^ bytes[at]!, 16777619);
    }
    at = skipSpace(bytes, at + 1, end);
    if (bytes[at] !== colon) return -1;
    at = skipSpace(bytes, at + 1, end);
    const place = count * spanWidth;
    spans[place] = hash;
    spans[place + 1] = keyStart;
    spans[place + 2] = at;
    at = endOfValue(bytes, at, end);
    spans[place + 3] = at;
    at = skipSpace(bytes, at, end);
    if (bytes[at] === 125) return count + 1;
    if (bytes[at] !== comma) return -1;
    at = skipSpace(bytes, at + 1, end);
  }
  return -1;
}

function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! <= 32) at++;
  return at;
}

function endOfString(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at + 1;
}

function endOfValue(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === quote) return endOfString(bytes, start, end);
  let depth = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte === quote) {
      at = endOfString(bytes, at, end);
      continue;
    }
    if (byte === 123 || byte === 91) depth++;
    else if (depth === 0 && (byte === comma || byte === 125 || byte <= 32)) return at;
    else if (byte === 125 || byte === 93) depth--;
    at++;
  }
  return at;
}
