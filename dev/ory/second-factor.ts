import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import { messages } from './messages.ts';
import type { Factors } from './nodes.ts';
import type { Service } from './service.ts';
import type { BackupCode, Identity, Message } from './types.ts';

const issuer = 'BQS';

/** Which second factors an identity has set up. */
export const factorsOf = ({ totp, lookup_secret }: Identity): Factors => ({
  totp: totp !== undefined,
  codes: lookup_secret !== undefined,
});

/** Whether the identity may be asked for a second factor at all. */
export function hasSecondFactor(identity: Identity): boolean {
  const { totp, codes } = factorsOf(identity);
  return totp || codes;
}

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** A picture of the secret for the camera of a phone, as a data URL. */
export function totpPicture(secret: string, account: string): string {
  const svg = renderSVG(totpOf(secret, account).toString());
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/** Whether a code is the app's now, or was or will be within half a minute. */
export function totpFits({ now }: Service, secret: string, code: unknown): boolean {
  if (typeof code !== 'string' || !/^\d{6}$/.test(code)) return false;
  return totpOf(secret).validate({ token: code, timestamp: now().getTime(), window: 1 }) !== null;
}

/** What is wrong with the code given as a second factor, or null; a backup code is used up by it. */
export function secondFactorProblem(
  service: Service,
  identity: Identity,
  method: 'totp' | 'lookup_secret',
  given: string,
): Message | null {
  if (method === 'lookup_secret') return spendBackupCode(service, identity.lookup_secret, given);
  const fits = identity.totp !== undefined && totpFits(service, identity.totp, given);
  return fits ? null : messages.wrongAuthenticationCode;
}

export function newBackupCodes(): string[] {
  const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
  const one = () => Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 12 }, one);
}

/** Uses a backup code up. Answers what is wrong with it, or null. */
function spendBackupCode(
  { now, store }: Service,
  codes: BackupCode[] | undefined,
  given: unknown,
): Message | null {
  if (!codes) return messages.noBackupCodes;
  const found = codes.find(({ code }) => code === given);
  if (!found) return messages.wrongBackupCode;
  if (found.used_at) return messages.usedBackupCode;
  found.used_at = now().toISOString();
  store.changed();
  return null;
}

const totpOf = (secret: string, label?: string) =>
  new TOTP({ issuer, ...(label !== undefined && { label }), secret: Secret.fromBase32(secret) });
