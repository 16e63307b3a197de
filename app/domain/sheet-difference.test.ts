import { describe, expect, it } from 'vitest';
import { completeSheet } from '#tests/factories/sheet.ts';
import { defaultScorecard as card } from '../../prisma/default-scorecard.ts';
import { compareSheets, differencesOf, sameSheet } from './sheet-difference.ts';

const filled = (changes: Record<string, number | null> = {}, definition = card) => ({
  ...completeSheet(7, changes),
  scorecard: { definition },
});

describe('two versions', () => {
  it('show what differs first, by what it does to the score', () => {
    const rows = compareSheets(filled(), filled({ PROD: 9, STRAT: 6, LEGAL: null }));
    expect(rows).toHaveLength(9);
    expect(rows.slice(0, 4).map(({ code, effect, differs }) => [code, effect, differs])).toEqual([
      ['LEGAL', null, true],
      ['STRAT', -15, true],
      ['PROD', 10, true],
      ['WIN', 0, false],
    ]);
  });

  it('differ in a note or a reason too', () => {
    const other = filled();
    Object.assign(other.answers[3] ?? {}, { reasons: ['Good price'] });
    expect(compareSheets(filled(), other)[0]).toMatchObject({
      code: 'COMP',
      effect: 0,
      differs: true,
    });
  });

  it('on different scorecards list what only one of them asks', () => {
    const [first, ...rest] = card.criteria;
    if (!first) throw new Error('The scorecard is empty.');
    const criteria = [...rest, { ...first, code: 'CLOUD', name: 'Cloud fit' }];
    const rows = compareSheets(filled(), filled({}, { ...card, criteria }));
    expect(rows).toHaveLength(10);
    expect(rows.slice(0, 2)).toMatchObject([
      { code: 'CLOUD', left: null, differs: true },
      { code: 'STRAT', right: null, differs: true },
    ]);
  });
});

describe('what was typed and what is stored', () => {
  it('differ field by field, in words', () => {
    const yours = completeSheet(7, { WIN: 8 });
    const now = { ...completeSheet(7, { WIN: null }), summary: 'Another one.' };
    expect(
      differencesOf(card.criteria, yours, now, (h) => (h === null ? 'none' : String(h))),
    ).toEqual([
      { name: 'Win probability', yours: '8', now: 'none' },
      { name: 'Summary', yours: yours.summary, now: 'Another one.' },
    ]);
    expect([sameSheet(yours, now), sameSheet(yours, structuredClone(yours))]).toEqual([
      false,
      true,
    ]);
  });
});
