/** Whether a text holds anything a person can read: a letter, a digit or a symbol, not only what is invisible. */
export function isReadable(text: string): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(text);
}
