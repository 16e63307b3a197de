import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const length = 32;

/** The CSRF cookie's name: Kratos derives it from the base URL, character for character. */
export function csrfCookieName(baseUrl: string): string {
  return `csrf_token_${createHash('sha256').update(baseUrl).digest('hex')}`;
}

export const newCsrfSecret = () => randomBytes(length);

/** The secret in a cookie value, or undefined where it is not 32 bytes of base64. */
export function parseCsrfSecret(cookie: string | undefined): Buffer | undefined {
  if (cookie === undefined) return undefined;
  const secret = Buffer.from(cookie, 'base64');
  return secret.length === length ? secret : undefined;
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

/** A token for a form: a fresh pad and the secret under it, so that no two renderings are alike. */
export function maskToken(secret: Buffer): string {
  const pad = randomBytes(length);
  return Buffer.concat([pad, xor(secret, pad)]).toString('base64');
}

/** The secret under a masked token; a bare 32-byte secret is returned as it is. */
export function unmaskToken(token: string): Buffer | undefined {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.length === length) return bytes;
  if (bytes.length !== 2 * length) return undefined;
  return xor(bytes.subarray(length), bytes.subarray(0, length));
}

/** Whether a token was made from the secret in the browser's cookie. */
export function verifyToken(token: unknown, secret: Buffer | undefined): boolean {
  if (typeof token !== 'string' || secret === undefined) return false;
  const real = unmaskToken(token);
  return real !== undefined && timingSafeEqual(real, secret);
}
