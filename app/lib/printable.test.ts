import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

const latin = (letter: string) => /[\u0020-\u024F]/.test(letter);

describe('a text for a font that has not every letter', () => {
  it.each([
    ['Plain and ünï', 'Plain and ünï'],
    ['東京 Tower', '[2 Chinese letters] Tower'],
    ['ひらがな 漢字', '[6 Japanese letters]'],
    ['Call مرحبا بكم now', 'Call [8 Arabic letters] now'],
    ['one 😀', 'one [1 other letter]'],
    ['한국\nSeoul', '[2 Korean letters]\nSeoul'],
    ['A\u0308 and soft\u00adhyphen', 'Ä and soft\u00adhyphen'],
    ['safe\u202Efdp.exe', 'safefdp.exe'],
    ['\u200B\r\n', '\n'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(printable(text, latin)).toBe(shown);
  });
});
