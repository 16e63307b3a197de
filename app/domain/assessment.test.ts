import { describe, expect, it } from 'vitest';
import { defaultScorecard as card } from '../../prisma/default-scorecard.ts';
import {
  carriedOver,
  gapsOf,
  isExtreme,
  isLong,
  longWords,
  mostNote,
  mostSummary,
  type Answer,
} from './assessment.ts';
import { reasonBandOf } from './reason-band.ts';

const summary = 'Twenty characters, at least.';
const answers = (halfSteps: number | null, change: Partial<Answer> = {}): Answer[] =>
  card.criteria.map(({ code }, index) => ({
    criterion: code,
    halfSteps,
    reasons: [],
    note: '',
    ...(index === 0 && change),
  }));

describe('a sheet may be submitted', () => {
  it('when every criterion is rated, extremes are explained and the summary says something', () =>
    expect(gapsOf(card, { summary, answers: answers(6) })).toEqual([]));

  it.each([
    ['a criterion is unanswered', { halfSteps: null }, 'unanswered'],
    ['a 2.0 has neither reason nor note', { halfSteps: 4 }, 'unexplained'],
    ['a 4.0 has neither reason nor note', { halfSteps: 8 }, 'unexplained'],
    ['a note is blank', { halfSteps: 0, note: '   ' }, 'unexplained'],
  ] as const)('not while %s', (_, change, kind) =>
    expect(gapsOf(card, { summary, answers: answers(6, change) })).toEqual([
      { kind, criterion: 'STRAT' },
    ]),
  );

  it.each([{ reasons: ['Board priority'] }, { note: 'Because.' }])(
    'with an extreme explained by %j',
    (why) =>
      expect(gapsOf(card, { summary, answers: answers(6, { halfSteps: 10, ...why }) })).toEqual([]),
  );

  it('not while the summary is short, spaces aside', () =>
    expect(gapsOf(card, { summary: '  nineteen characters ', answers: answers(6) })).toEqual([
      { kind: 'summary', missing: 1 },
    ]));

  it('not while a note or the summary is too long, whatever else they lack', () => {
    const note = 'x'.repeat(mostNote + 1000);
    const sheet = { summary: 'x'.repeat(mostSummary + 1), answers: answers(6, { note }) };
    const gaps = gapsOf(card, sheet);
    expect(gaps).toEqual([
      { kind: 'long-note', criterion: 'STRAT', length: 3000 },
      { kind: 'long-summary', length: 4001 },
    ]);
    expect(gaps.filter(isLong).map((gap) => longWords(card, gap))).toEqual([
      'The note on Strategic fit has 3,000 characters; at most 2,000 fit.',
      'The summary has 4,001 characters; at most 4,000 fit.',
    ]);
    const unanswered = gapsOf(card, { summary, answers: answers(6, { halfSteps: null, note }) });
    expect(unanswered.map(({ kind }) => kind)).toEqual(['unanswered', 'long-note']);
  });

  it('with a note and a summary of exactly what fits', () => {
    const note = 'x'.repeat(mostNote);
    const sheet = { summary: 'x'.repeat(mostSummary), answers: answers(6, { note }) };
    expect(gapsOf(card, sheet)).toEqual([]);
  });

  it('not when an answer is absent altogether', () =>
    expect(gapsOf(card, { summary, answers: [] })).toHaveLength(9));
});

it.each(Array.from({ length: 11 }, (_, halfSteps) => halfSteps))(
  '%i half-steps are extreme, or not',
  (halfSteps) => expect(isExtreme(halfSteps)).toBe(halfSteps / 2 <= 2 || halfSteps / 2 >= 4),
);

it('a new version begins with the answers its scorecard still asks for', () => {
  const fewer = { ...card, criteria: card.criteria.slice(1) };
  const carried = carriedOver(fewer, answers(7));
  expect(carried.map(({ criterion }) => criterion)).toEqual(fewer.criteria.map(({ code }) => code));
  expect(carriedOver(card, [])[0]).toEqual({
    criterion: 'STRAT',
    halfSteps: null,
    reasons: [],
    note: '',
  });
});

it.each([
  [2, 'critical'],
  [3, 'low'],
  [4, 'low'],
  [5, 'average'],
  [7, 'high'],
  [8, 'high'],
  [9, 'exceptional'],
] as const)('%i half-steps offer the reasons that are %s', (halfSteps, band) =>
  expect(card.criteria[1]?.reasons[reasonBandOf(halfSteps)]).toEqual(
    card.criteria[1]?.reasons[band],
  ),
);
