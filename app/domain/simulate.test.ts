import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';
import { fittingWarning } from './fitting.ts';
import type { Scorecard } from './scorecard.ts';
import { outcomes, simulate, type OutcomeCounts, type PastSheet } from './simulate.ts';
import { whatIf } from './what-if.ts';

const codes = defaultScorecard.criteria.map(({ code }) => code);
const cards = new Map([['1', defaultScorecard]]);

const halfSteps = fc.integer({ min: 0, max: 10 });
const sheetOf = fc.record({
  scorecardId: fc.constant('1'),
  ratings: fc.record(Object.fromEntries(codes.map((code) => [code, halfSteps]))),
  outcome: fc.constantFrom(...outcomes),
  verdict: fc.constantFrom('GO' as const, 'NO_GO' as const, 'CONDITIONAL_GO' as const, null),
});
const sheetsOf = fc.array(sheetOf, { maxLength: 60 });

/** The default scorecard with other weights, edges and knock-outs. */
const draftOf = fc
  .record({
    shares: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 8, maxLength: 8 }),
    knockOuts: fc.array(fc.option(fc.integer({ min: 1, max: 10 })), { minLength: 9, maxLength: 9 }),
    upper: fc.integer({ min: 501, max: 1000 }),
    lower: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ shares, knockOuts, upper, lower }): Scorecard => {
    const weights = [...shares, 100 - shares.reduce((sum, share) => sum + share, 0)];
    return {
      ...defaultScorecard,
      criteria: defaultScorecard.criteria.map((criterion, index) => ({
        ...criterion,
        weight: weights[index] ?? 0,
        knockOutBelow: knockOuts[index] ?? null,
      })),
      bands: defaultScorecard.bands.map((band, index) => ({
        ...band,
        from: [upper, lower, 0][index] ?? 0,
      })),
    };
  });

const total = (counts: OutcomeCounts) => Object.values(counts).reduce((sum, each) => sum + each, 0);
const sum = (rows: { sheets: number }[]) => rows.reduce((all, { sheets }) => all + sheets, 0);

describe('replaying past sheets on a draft', () => {
  it('flips nothing where the draft is what they were filled in on', () => {
    fc.assert(
      fc.property(sheetsOf, (sheets) => {
        const simulation = simulate(defaultScorecard, cards, sheets);
        expect(simulation.flips).toEqual([]);
        expect(simulation.compared).toBe(sheets.length);
      }),
    );
  });

  it('counts every sheet once: in a band or knocked out, flipped or not, by what became of it', () => {
    fc.assert(
      fc.property(sheetsOf, draftOf, (sheets, draft) => {
        const s = simulate(draft, cards, sheets);
        expect(s.compared + s.notComparable).toBe(sheets.length);
        expect(sum(s.bands)).toBe(s.compared);
        expect(total(s.outcomes)).toBe(s.compared);
        expect(sum(s.flipKinds)).toBe(s.flips.length);
        expect(total(s.flipOutcomes)).toBe(s.flips.length);
        for (const row of [...s.bands, ...s.flipKinds])
          expect(total(row.outcomes)).toBe(row.sheets);
        for (const { from, to } of s.flipKinds) expect(from).not.toBe(to);
      }),
    );
  });

  it('flips back what it flipped, where draft and scorecard change places', () => {
    fc.assert(
      fc.property(sheetsOf, draftOf, (sheets, draft) => {
        const there = simulate(draft, cards, sheets);
        const back = simulate(defaultScorecard, new Map([['1', draft]]), sheets);
        const turned = back.flipKinds.map(({ from, to, sheets }) => `${to} ${from} ${sheets}`);
        const forth = there.flipKinds.map(({ from, to, sheets }) => `${from} ${to} ${sheets}`);
        expect(turned.sort()).toEqual(forth.sort());
      }),
    );
  });

  const sheet = (rating: number, outcome: PastSheet['outcome'], changes = {}): PastSheet => ({
    ratings: { ...Object.fromEntries(codes.map((code) => [code, rating])), ...changes },
    scorecardId: '1',
    outcome,
    verdict: null,
  });

  it('says which sheets flip how, and what became of them', () => {
    const draft = whatIf('Draft', defaultScorecard, new URLSearchParams({ 'from.pursue': '80' }));
    const sheets = [sheet(7, 'won'), sheet(7, 'lost'), sheet(9, 'won'), sheet(3, 'open')];
    const simulation = simulate(draft.definition ?? defaultScorecard, cards, sheets);
    expect(simulation.flipKinds).toEqual([
      {
        from: 'GO',
        to: 'EITHER',
        sheets: 2,
        outcomes: { won: 1, lost: 1, noSale: 0, open: 0 },
      },
    ]);
    expect(simulation.flips[0]).toMatchObject({ before: { score: 700 }, after: { score: 700 } });
    expect(simulation.bands.map(({ sheets }) => sheets)).toEqual([1, 2, 1, 0]);
  });

  it('counts apart what a knock-out turns away', () => {
    const simulation = simulate(defaultScorecard, cards, [sheet(9, 'won', { LEGAL: 2 })]);
    expect(simulation.bands.map(({ band, sheets }) => [band?.code, sheets])).toEqual([
      ['pursue', 0],
      ['consider', 0],
      ['decline', 0],
      [undefined, 1],
    ]);
  });

  it('compares no sheet that never answered what the draft asks, and says which', () => {
    const asksMore: Scorecard = {
      ...defaultScorecard,
      criteria: defaultScorecard.criteria.map((criterion) =>
        criterion.code === 'PROD' ? { ...criterion, code: 'GREEN' } : criterion,
      ),
    };
    const sheets = [sheet(7, 'won'), sheet(7, 'won', { GREEN: 4 })];
    const simulation = simulate(asksMore, cards, sheets);
    expect(simulation).toMatchObject({
      sheets: 2,
      compared: 1,
      notComparable: 1,
      missing: [{ criterion: 'GREEN', sheets: 1 }],
    });
  });
});

describe('the warning about fitting to few', () => {
  const simulated = (won: number, flippedWon: number, flippedOpen = 0) => ({
    compared: won + 5,
    outcomes: { won, lost: 0, noSale: 3, open: 2 },
    flipOutcomes: { won: flippedWon, lost: 0, noSale: 0, open: flippedOpen },
  });

  it('stands until there are ten closed opportunities a weight', () => {
    expect(fittingWarning(simulated(89, 40), 9)).toEqual({
      few: 'closed',
      closed: 89,
      closedFlips: 40,
      needed: 90,
    });
    expect(fittingWarning(simulated(90, 40), 9)).toBeNull();
    expect(fittingWarning({ ...simulated(0, 0), compared: 0 }, 9)).toBeNull();
  });

  it('stands while fewer than 20 of the flips are won or lost', () => {
    expect(fittingWarning(simulated(90, 19), 9)).toMatchObject({ few: 'flips', needed: 20 });
    expect(fittingWarning(simulated(90, 0, 30), 9)).toMatchObject({ few: 'flips', closedFlips: 0 });
    expect(fittingWarning(simulated(90, 20), 9)).toBeNull();
    expect(fittingWarning(simulated(90, 0), 9)).toBeNull();
  });
});

describe('a question of the simulator', () => {
  const ask = (parameters: Record<string, string>) =>
    whatIf('Draft', defaultScorecard, new URLSearchParams(parameters));

  it('varies nothing where nothing is asked', () => {
    expect(ask({})).toMatchObject({ varied: false, definition: defaultScorecard, errors: {} });
    expect(ask({ 'weight.STRAT': '15', other: 'x' }).varied).toBe(false);
  });

  it('varies weights, edges and knock-outs', () => {
    const { varied, definition } = ask({
      'weight.STRAT': '20',
      'weight.WIN': '10',
      'from.pursue': '72.5',
      'knock-out.LEGAL': '',
      'knock-out.RISK': '2',
    });
    expect(varied).toBe(true);
    const asked = definition?.criteria.map(({ weight, knockOutBelow }) => [weight, knockOutBelow]);
    expect(asked?.slice(0, 2)).toEqual([
      [20, null],
      [10, null],
    ]);
    expect(asked?.slice(6, 8)).toEqual([
      [10, 4],
      [10, null],
    ]);
    expect(definition?.bands[0]?.from).toBe(725);
  });

  it('says at the parameter what is wrong with it, and keeps what was typed', () => {
    const asked = ask({ 'weight.STRAT': '14', 'from.pursue': 'x', 'knock-out.WIN': '9' });
    expect(asked).toMatchObject({
      definition: null,
      errors: {
        criteria: 'The weights add up to 99, not to 100.',
        'from.pursue': expect.stringContaining('percentage'),
        'knock-out.WIN': expect.stringContaining('rating'),
      },
    });
    expect(asked.typed.criteria[0]?.weight).toBe('14');
  });
});
