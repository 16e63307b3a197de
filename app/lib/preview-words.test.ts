import { describe, expect, it } from 'vitest';
import { previewSchema, verdictOf } from '#app/domain/sync-preview.ts';
import { groupWords, notSentSentence, shortPreview, verdictWords } from './preview-words.ts';

const none = previewSchema.parse({});
const verdict = (counts: Partial<typeof none>) =>
  verdictOf({ counts: { ...none, ...counts }, fetched: 1943, unchanged: 1919 });

describe('the words of a comparison', () => {
  it.each([
    [{}, 'Equal: 1,919 of 1,943 records, every column'],
    [{ moved: 24 }, 'No difference; 24 changed in the CRM since the last sync'],
    [{ moved: 24, updated: 1 }, '1 opportunity differs'],
    [{ missing: 2 }, '2 opportunities differ'],
  ])('%j: %s', (counts, words) => {
    expect(verdictWords(verdict(counts), 1943)).toBe(words);
  });

  it.each([
    [{}, 0, 'All 127 groups are equal'],
    [{ moved: 24 }, 0, 'All 127 groups are equal'],
    [{ moved: 24 }, 17, '17 groups differ only by what changed since the last sync'],
    [{ moved: 1 }, 1, '1 group differs only by what changed since the last sync'],
    [{ moved: 24, updated: 1 }, 17, '17 of 127 groups differ'],
    [{}, 17, '17 of 127 groups differ'],
  ])('%j, of its groups %i differ: %s', (counts, differing, words) => {
    expect(groupWords({ total: 127, differing }, verdict(counts))).toBe(words);
  });
});

describe('the words of a dry run', () => {
  it('say what becomes of what was not sent', () => {
    expect(notSentSentence({ missing: 0 })).toBeNull();
    expect(notSentSentence({ missing: 1 })).toBe(
      '1 was not sent: it would be asked for by itself and marked gone only if it is not found twice, a day apart.',
    );
    expect(notSentSentence({ missing: 3 })).toBe(
      '3 were not sent: they would be asked for one by one and marked gone only if they are not found twice, a day apart.',
    );
  });

  it('are short in a list of runs', () => {
    const run = { totalFetched: 10, unchangedRecords: 4 };
    const counts = { ...none, new: 1, updated: 5 };
    expect(shortPreview({ ...run, purpose: 'DRY_RUN' }, counts)).toBe('would add 1, change 5');
    expect(shortPreview({ ...run, purpose: 'DRY_RUN' }, none)).toBe('would write nothing');
    expect(shortPreview({ ...run, purpose: 'RECONCILE' }, counts)).toBe('6 opportunities differ');
  });
});
