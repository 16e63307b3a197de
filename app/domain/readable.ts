/**
 * Whether a text holds anything a person can read: a letter, a digit or a symbol, not only what is invisible.
 * What stands for a character that was broken on its way says nothing either.
 */
export function isReadable(text: string): boolean {
  return /(?!\ufffd)[\p{L}\p{N}\p{S}]/u.test(text);
}
