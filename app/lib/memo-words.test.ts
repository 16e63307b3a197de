import { describe, expect, it } from 'vitest';
import { sampleMemo } from '#tests/factories/memo.ts';
import {
  decisionWords,
  fileSize,
  memoFacts,
  scoreRows,
  sensitivityWords,
  snapshotWords,
  staleWords,
  type Sheet,
} from './memo-words.ts';

const memo = sampleMemo();
const sheet = memo.assessment as Sheet;

describe('a memo in words', () => {
  it('gives points that add up to the score', () => {
    const rows = scoreRows(sheet);
    const points = rows.reduce((sum, row) => sum + Number(row.points.replace('.', '')), 0);
    expect(points).toBe(sheet.score);
    expect(rows[0]).toMatchObject({ weight: '15 %', rating: '3.5', points: '10.5', most: '15' });
  });

  it('names the knock-out and what it had to reach', () => {
    const out = scoreRows(sheet).filter(({ knockedOut }) => knockedOut !== null);
    expect(out).toMatchObject([{ code: 'LEGAL', knockedOut: '1.5' }]);
  });

  it('says both ways how little would have changed it', () => {
    expect(sensitivityWords(memo)).toEqual([
      'For something better: Legal and commercial readiness at 1.5 instead of 1.0 would have lifted the knock-out and left the band “Consider”.',
      'It could not be worse: a knock-out forces a NO-GO.',
    ]);
    expect(sensitivityWords({ ...memo, assessment: null })).toEqual([]);
  });

  it.each([
    ['pursue', 'It could not be better: it is in the highest band.'],
    ['decline', 'It could not be worse: it is in the lowest band.'],
    [
      'consider',
      'For something better no change of one rating, or of two, would have been enough.',
    ],
  ])('says of the band %s that nothing flips it', (band, words) => {
    const assessment = { ...sheet, band, knockOuts: [] };
    const none = { ...memo, assessment, sensitivity: { up: null, down: null } };
    expect(sensitivityWords(none)).toContain(words);
  });

  it('keeps what the CRM did not have apart from what it had', () => {
    const facts = memoFacts(memo);
    expect(facts.find(({ label }) => label === 'Amount')?.value).toBe('1,250,000.50 EUR');
    expect(facts.find(({ label }) => label === 'GEO')?.value).toBeNull();
    const zero = { ...memo, opportunity: { ...memo.opportunity, winProbability: 0 } };
    expect(memoFacts(zero).find(({ label }) => /win/.test(label))?.value).toBe('0 %');
  });

  it('says what the decision goes against, how fresh the facts are, what has moved', () => {
    expect(decisionWords(memo)).toEqual([
      'Override: against the knock-out, stricter than recommended.',
    ]);
    expect(decisionWords({ ...memo, assessment: null })[0]).toMatch(/^Declined before/);
    expect(snapshotWords(memo)).toContain('by sync run 4. The last sync that had ended was run 5');
    expect(staleWords(sheet)[0]).toBe(
      'Amount: from 1,000,000 to 1,250,000.50 (24 Nov 2026, 10:00 UTC)',
    );
  });

  it.each([
    ['0', '0 B'],
    ['1023', '1023 B'],
    ['1536', '1.5 KiB'],
    ['5242880', '5.0 MiB'],
  ])('shows %s bytes as %s', (bytes, words) => {
    expect(fileSize(bytes)).toBe(words);
  });
});
