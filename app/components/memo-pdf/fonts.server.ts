import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';

/**
 * The parts Noto Sans comes in: Latin with its European, African and Vietnamese letters, Cyrillic, Greek,
 * Devanagari. Chinese, Japanese, Korean, Arabic, Hebrew, Thai and other scripts are in none of them.
 */
const subsets = [
  'latin',
  'latin-ext',
  'vietnamese',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
  'devanagari',
] as const;
const weights = [400, 700] as const;

/** The families of every text: a letter is taken from the first that has it. */
export const families: string[] = subsets.map((subset) => `Noto Sans ${subset}`);

let known: Promise<(letter: string) => boolean> | null = null;

/** Registers the fonts once a process, and answers which letters they have. */
export function loadFonts(): Promise<(letter: string) => boolean> {
  known ??= register();
  return known;
}

async function register() {
  const { resolve } = createRequire(import.meta.url);
  for (const subset of subsets) {
    const file = (weight: number) =>
      resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${weight}-normal.woff`);
    const fonts = weights.map((fontWeight) => ({ src: file(fontWeight), fontWeight }));
    Font.register({ family: `Noto Sans ${subset}`, fonts });
  }
  Font.registerHyphenationCallback(pieces);
  const loaded = await Promise.all(families.map(load));
  return (letter: string) => {
    const point = letter.codePointAt(0) ?? 0;
    return loaded.some((font) => font?.hasGlyphForCodePoint(point));
  };
}

async function load(fontFamily: string) {
  const descriptor = { fontFamily, fontWeight: 400 };
  await Font.load(descriptor);
  return Font.getFont(descriptor)?.data ?? null;
}

/** Words stay whole; only one too long for a line, such as an address, is cut. */
function pieces(word: string): string[] {
  return word.length > 40 ? (word.match(/.{1,20}/gsu) ?? [word]) : [word];
}
