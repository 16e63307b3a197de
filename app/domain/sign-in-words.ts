import { z } from 'zod';

/** A message of the identity server: a number for programs, a text for people. */
export const messageSchema = z.object({
  id: z.number(),
  text: z.string(),
  type: z.string(),
  context: z.record(z.string(), z.unknown()).nullish().catch(null),
});
type Message = z.infer<typeof messageSchema>;
type Context = NonNullable<Message['context']>;

/** What the fields of these forms are called. */
export const fieldNames: Record<string, string> = {
  identifier: 'E-mail address',
  email: 'E-mail address',
  'traits.email': 'E-mail address',
  'traits.name.first': 'First name',
  'traits.name.last': 'Last name',
  password: 'Password',
  code: 'Code from the e-mail',
  totp_code: 'Code from the authenticator app',
  lookup_secret: 'Backup code',
};

/** What a field of an identity schema is called that says nothing of it: its name, readable. */
export function fieldNameOf(name: string): string {
  const words = (name.split('.').at(-1) ?? '').replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Stands in the list of backup codes for one that was used. */
export const usedCode = 1050014;

/** The button of a form of the settings. */
export const saveLabel = 1070003;

/** Our words for what the identity server says; its own where we have none. */
export function wordsFor(message: Message): string {
  const words = messageWords[message.id];
  if (words) return words;
  return contextWords[message.id]?.(message.context ?? {}) ?? message.text;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Several passkeys are told apart by when they were added, and by what keeps them where that is known. */
function removePasskey({ display_name: keeper, added_at_unix: added }: Context): string {
  const since = typeof added === 'number' ? ` added on ${day.format(added * 1000)}` : '';
  const known = typeof keeper === 'string' && keeper !== '' && keeper !== 'unnamed';
  return `Remove the passkey${since}${known ? ` (${keeper})` : ''}`;
}

const startedAnew = 'That took too long, so the form was started anew. Please fill it in again.';
const noMatch = 'This e-mail address and password do not belong together.';
const wrongCode = 'This code is not the one that was sent, or it was used before.';

const noSuchPasskey = 'No account here has this passkey, or it was removed. Sign in another way.';

const wrongAppCode = 'This code is not the one the app shows now. Wait for the next and try again.';

const atLeast = ({ min_length: least }: Context) =>
  typeof least === 'number' ? `Use at least ${least} characters.` : null;
const atMost = ({ max_length: most }: Context) =>
  typeof most === 'number' ? `Use at most ${most} characters.` : null;

/** Words that take something from the message; null where it is not there. */
const contextWords: Record<number, (context: Context) => string | null> = {
  1050020: removePasskey,
  4000003: atLeast,
  4000017: atMost,
  4000032: atLeast,
  4000033: atMost,
};

const messageWords: Record<number, string> = {
  1010001: 'Sign in',
  1010003: 'Confirm once more that it is you.',
  1010004: 'Your account has a second factor. Enter a code to go on.',
  1010009: 'Continue',
  1010010: 'Use a backup code',
  1010021: 'Sign in with a passkey',
  1010022: 'Sign in',
  1040001: 'Create account',
  1040007: 'Create the account with a passkey',
  1040008: 'Back',
  1040009: 'Now choose how you sign in from now on.',
  1050001: 'Saved.',
  1050004: 'Remove the authenticator app',
  1050005: 'QR code for the authenticator app',
  1050007: 'Show the backup codes',
  1050008: 'Make new backup codes',
  1050010: 'Each code works once. Keep them where only you can find them.',
  1050011: 'I have kept the codes',
  1050016: 'Remove the backup codes',
  1050017: 'Secret, for typing it in',
  1050019: 'Add a passkey',
  1060001: 'You are signed in again. Choose a new password now.',
  1060003: 'If an account has this address, a code is on its way to it.',
  1070001: 'Password',
  [saveLabel]: 'Save',
  1070008: 'Send the code again',
  1070009: 'Continue',
  1080002: 'The address is verified.',
  1080003: 'If an account has this address, a code is on its way to it.',
  4000002: 'Please fill this in.',
  4000004: 'This is not written the way it has to be.',
  4000006: noMatch,
  4000007: 'There is an account with this e-mail address already. Sign in instead.',
  4000008: wrongAppCode,
  4000012: 'This backup code was used before. Enter another one.',
  4000013: noSuchPasskey,
  4000014: 'This account has no backup codes. Use the authenticator app.',
  4000015: noSuchPasskey,
  4000016: 'This is none of your backup codes.',
  4000010: 'Verify your e-mail address first.',
  4000028: 'There is an account with this e-mail address already. Sign in instead.',
  4000031: 'Choose a password that is less like your e-mail address.',
  4000034: 'This password is known from a data leak. Choose another one.',
  4000037: noMatch,
  4000039: 'This is the password you had. Choose a new one.',
  4000040: 'This is not an e-mail address.',
  4010001: startedAnew,
  4040001: startedAnew,
  4050001: startedAnew,
  4060005: startedAnew,
  4060006: wrongCode,
  4070005: startedAnew,
  4070006: wrongCode,
};
