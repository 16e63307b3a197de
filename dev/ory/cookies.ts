import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export const sessionCookieName = 'ory_kratos_session';
export const continuityCookieName = 'ory_kratos_continuity';

/** The cookies of a request by name; of two with one name the first counts. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}

interface CookieOptions {
  /** Seconds; 0 clears the cookie, absent leaves it to the browser's session. */
  maxAge?: number;
  expires?: Date;
}

/** A Set-Cookie line for the whole origin. Never `Secure`: this server speaks plain HTTP on loopback. */
export function setCookie(name: string, value: string, options: CookieOptions = {}): string {
  const parts = [`${name}=${value}`, 'Path=/'];
  if (options.expires) parts.push(`Expires=${options.expires.toUTCString()}`);
  if (options.maxAge !== undefined) parts.push(`Max-Age=${options.maxAge}`);
  return [...parts, 'HttpOnly', 'SameSite=Lax'].join('; ');
}

export const clearCookie = (name: string) =>
  setCookie(name, '', { maxAge: 0, expires: new Date(0) });

/** What the session cookie carries: which session, and until when the cookie says it lasts. */
export interface SealedSession {
  token: string;
  expires_at: string;
}

const keyOf = (secret: string) => createHash('sha256').update(`session-cookie:${secret}`).digest();

/** Encrypts and signs a session reference (AES-256-GCM), as text fit for a cookie. */
export function seal(session: SealedSession, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens a session cookie; undefined for garbage, and for a cookie sealed with another secret. */
export function open(value: string | undefined, secret: string): SealedSession | undefined {
  const bytes = Buffer.from(value ?? '', 'base64url');
  if (bytes.length < 29) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as SealedSession;
  } catch {
    return undefined;
  }
}
