import { describe, expect, it } from 'vitest';
import {
  claimedType,
  cleanName,
  controlProblem,
  evidenceTypes,
  formatBytes,
  headProblem,
  mostNameLength,
  partsProblem,
} from './evidence.ts';
import { mayRemove } from './evidence-form.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const typeOf = (name: string) => {
  const type = claimedType(name);
  if (!type) throw new Error(`${name} claims no type.`);
  return type;
};

describe('what a name claims', () => {
  it.each(evidenceTypes.flatMap(({ extensions, name }) => extensions.map((end) => [end, name])))(
    '.%s is %s, in any case',
    (extension, name) => {
      expect(claimedType(`Offer v1.${extension}`)?.name).toBe(name);
      expect(claimedType(`OFFER.${extension?.toUpperCase()}`)?.name).toBe(name);
    },
  );

  it.each([
    'offer',
    'offer.exe',
    'offer.pdf.exe',
    'page.html',
    'drawing.svg',
    'all.zip',
    'a.docm',
    '',
  ])('%s is not taken', (name) => expect(claimedType(name)).toBeNull());
});

describe('what the first bytes say', () => {
  it.each([
    ['a.pdf', '%PDF-1.7', 'pdf', true],
    ['a.pdf', 'MZ', 'exe', false],
    ['a.pdf', '<html>', null, false],
    ['a.png', 'x', 'png', true],
    ['a.png', 'x', 'jpg', false],
    ['a.jpeg', 'x', 'jpg', true],
    ['a.webp', 'x', 'webp', true],
    ['a.docx', 'PK\x03\x04', 'zip', true],
    ['a.xlsx', '\xd0\xcf\x11\xe0', 'cfb', false],
    ['a.txt', 'Plain words, quite harmless.', null, true],
    ['a.csv', 'BM;amount\r\n1;2', 'bmp', true],
    ['a.txt', '  <!DOCTYPE html><p>', null, false],
    ['a.csv', '<svg onload=x>', 'xml', false],
    ['a.txt', '#!/bin/sh', null, false],
    ['a.txt', '{\\rtf1', 'rtf', false],
    ['a.txt', 'half\0way', null, false],
  ])('%s beginning with %j (%s): %s', (name, head, detected, fits) => {
    expect(headProblem(typeOf(name), bytes(head), detected) === null).toBe(fits);
  });

  it('names what it looks like', () => {
    expect(headProblem(typeOf('a.pdf'), bytes('MZ'), 'exe')).toContain('looks like EXE');
  });
});

describe('what an Office file holds', () => {
  const types = '[Content_Types].xml';
  it.each([
    ['a.docx', ['word/document.xml', types], true],
    ['a.docx', ['xl/workbook.xml', types], false],
    ['a.docx', ['word/document.xml'], false],
    ['a.docx', ['word/document.xml', types, 'word/vbaProject.bin'], false],
    ['a.xlsx', ['xl/workbook.xml', types], true],
    ['a.pptx', ['ppt/presentation.xml', types], true],
    ['a.pptx', [], false],
  ])('%s with %j: %s', (name, parts, fits) => {
    expect(partsProblem(typeOf(name), parts) === null).toBe(fits);
  });
});

describe('what text may hold', () => {
  it.each([
    ['tabs\tand\r\nlines\f and \x1b[0m', true],
    ['a\0b', false],
    ['a\x07b', false],
  ])('%j: %s', (text, fits) => expect(controlProblem(text) === null).toBe(fits));
});

describe('a name for showing', () => {
  it.each([
    ['Angebot für Müller.pdf', 'Angebot für Müller.pdf'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\fakepath\\offer.pdf', 'offer.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie: x=1.pdf'],
    ['safe\u202Efdp.exe.pdf', 'safefdp.exe.pdf'],
    ['nul\0byte.pdf', 'nulbyte.pdf'],
    ['.pdf', 'file.pdf'],
    ['', 'file'],
    ['lone \ud800.pdf', 'lone \ufffd.pdf'],
    ['  many   spaces .pdf', 'many spaces .pdf'],
  ])('%j becomes %j', (given, shown) => expect(cleanName(given)).toBe(shown));

  it('keeps its ending however long it is, and cuts no sign in half', () => {
    for (const sign of ['x', '😀']) {
      const name = cleanName(`${sign.repeat(500)}.pdf`);
      expect(name.length).toBeLessThanOrEqual(mostNameLength);
      expect(name.endsWith('.pdf') && name.isWellFormed()).toBe(true);
    }
  });
});

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 kB'],
    [1024 * 1024 - 1, '1.0 MB'],
    [3_565_158, '3.4 MB'],
  ])('%d is %s', (size, text) => expect(formatBytes(size)).toBe(text));
});

describe('who may remove a file', () => {
  const person = {
    id: 'me',
    name: 'Me',
    email: null,
    verifiedEmail: null,
    practices: [],
    standsInFor: [],
  };
  const file = (uploadedById: string, relied: boolean) => ({ uploadedById, relied });
  it.each([
    ['SALES', file('me', false), true],
    ['SALES', file('me', true), false],
    ['SALES', file('you', false), false],
    ['PRACTICE_HEAD', file('you', false), false],
    ['MANAGER', file('you', true), true],
  ] as const)('%s, %j: %s', (role, given, may) => {
    expect(mayRemove({ ...person, roles: [role] }, given)).toBe(may);
  });
});
