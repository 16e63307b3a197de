const scripts = [
  ['Arabic', /\p{Script_Extensions=Arabic}/u],
  ['Chinese', /\p{Script_Extensions=Han}/u],
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Korean', /\p{Script_Extensions=Hangul}/u],
  ['Hebrew', /\p{Script_Extensions=Hebrew}/u],
  ['Thai', /\p{Script_Extensions=Thai}/u],
] as const;

/** The name of what a font lacks, for a reader who cannot be shown it. */
function scriptOf(letters: string): string {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letters)) return 'Japanese';
  return scripts.find(([, pattern]) => pattern.test(letters))?.[0] ?? 'other';
}

/**
 * A text for a font that has not every letter: each run of letters it lacks is replaced by words that say so,
 * `[5 Arabic letters]`, so that nothing is left out unseen. Spaces within a run belong to it.
 */
export function printable(text: string, has: (letter: string) => boolean): string {
  let shown = '';
  let lacking = '';
  const close = () => {
    const letters = lacking.trim();
    const count = [...letters.replace(/\s/g, '')].length;
    const words = `[${count} ${scriptOf(letters)} ${count === 1 ? 'letter' : 'letters'}]`;
    shown += count === 0 ? lacking : words + lacking.slice(lacking.trimEnd().length);
    lacking = '';
  };
  for (const letter of text.normalize('NFC')) {
    if (isInvisible(letter, has)) continue;
    const blank = /\s/u.test(letter);
    if ((blank && lacking !== '' && letter !== '\n') || (!blank && !has(letter))) lacking += letter;
    else {
      close();
      shown += letter;
    }
  }
  close();
  return shown;
}

/** Marks that have no shape: those that turn the direction of text go, joiners stay where the font knows them. */
function isInvisible(letter: string, has: (letter: string) => boolean): boolean {
  if (/[\r\u202A-\u202E\u2066-\u2069]/u.test(letter)) return true;
  return /[\p{Cf}\p{Variation_Selector}]/u.test(letter) && !has(letter);
}
