import { hash, verify } from '@node-rs/argon2';
import { messages } from './messages.ts';
import type { Message } from './types.ts';

const minimum = 10;
const maximumBytes = 1024;

/** An argon2id hash in PHC text; about 20 ms. */
export const hashPassword = (password: string): Promise<string> => hash(password);

// Compared with where there is no account, so that an unknown address takes as long as a wrong password.
let decoy: Promise<string> | undefined;

/** Whether the password fits the hash; false, after the same work, where there is no hash. */
export async function passwordFits(stored: string | undefined, password: string) {
  decoy ??= hashPassword('nobody signs in with this');
  const fits = await verify(stored ?? (await decoy), password);
  return stored !== undefined && fits;
}

/** Whether a hash to import is of the one kind this server reads. */
export const isReadableHash = (stored: string) => /^\$argon2(id|i|d)\$v=\d+\$/.test(stored);

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether a person reading one could guess the other: few edits apart, or one inside the other. */
function alike(password: string, identifier: string): boolean {
  const [a, b] = [password.toLowerCase(), identifier.toLowerCase()];
  const local = b.split('@')[0] ?? b;
  return (
    distance(a, b) < 5 || (local.length >= 5 && a.includes(local) && a.length < 1.5 * b.length)
  );
}

/** What speaks against a new password; undefined when nothing does. */
export function passwordProblem(password: string, identifier: string): Message | undefined {
  if (password.length < minimum) return messages.passwordTooShort(minimum, password.length);
  const bytes = Buffer.byteLength(password);
  if (bytes > maximumBytes) return messages.passwordTooLong(maximumBytes, bytes);
  return alike(password, identifier) ? messages.passwordLikeIdentifier : undefined;
}
