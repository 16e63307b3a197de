/** Names of a form's fields that mean the same to the identity server. */
const sameField: Record<string, string> = { password_identifier: 'identifier' };

/** One name for a field, however written: JSON is read there without minding case, `\u017F` being an s. */
export function fieldName(given: string): string {
  const name = given.toUpperCase().toLowerCase();
  return sameField[name] ?? name;
}

/** The fields of a form that take a code. */
export const codeFields = new Set(['code', 'totp_code', 'lookup_secret']);

/**
 * The value of a field as it is meant: codes are shown in groups and pasted with blanks around them, and
 * backup codes have small letters alone.
 */
export function codeAsMeant(name: string, value: string): string {
  if (!codeFields.has(name)) return value;
  const code = value.replace(/\s+/g, '');
  return name === 'lookup_secret' ? code.toLowerCase() : code;
}

/** An e-mail address as the identity server compares it: trimmed and in lower case as Go does both. */
export function accountName(given: string): string {
  const letters = Array.from(given);
  const first = letters.findIndex((letter) => !space.test(letter));
  if (first < 0) return '';
  const last = letters.findLastIndex((letter) => !space.test(letter));
  // Letter by letter: Go knows no final sigma, and makes a plain i of the dotted capital.
  return letters
    .slice(first, last + 1)
    .map(lower)
    .join('');
}

const space = /^\p{White_Space}$/u;
const lower = (letter: string) => (letter === '\u0130' ? 'i' : letter.toLowerCase());

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id of a flow in one spelling; null for what is none, so that made-up ones share one count. */
export function flowId(given: string | null): string | null {
  return given && uuid.test(given) ? given.toLowerCase() : null;
}

/** A session in one spelling: the last letter of its Base64 has several that mean the same bytes. */
export function sessionName(given: string): string {
  return /^[\w-]+=*$/.test(given) ? Buffer.from(given, 'base64url').toString('base64url') : given;
}

const submissions = /^\/self-service\/(login|registration|recovery|verification|settings)$/;
const mailLink = new Set(['flow', 'code', 'token']);

/**
 * Whether an address may be visited: where forms are sent, a link from a mail may come in, but no form
 * may hide in the address.
 */
export function mayVisit(path: string, names: Iterable<string>): boolean {
  return !submissions.test(path) || [...names].every((name) => mailLink.has(name));
}
