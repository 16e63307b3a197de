import { describe, expect, it } from 'vitest';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';
import type { OpportunityEvent } from './audit.ts';
import { differencesOf, type Present } from './reconcile.ts';
import { replay } from './replay.ts';

const ada = '7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';
const assigned = (from: 'NEW' | 'ASSIGNED' = 'NEW'): OpportunityEvent => ({
  kind: 'opportunity.assigned',
  data: { from, to: 'ASSIGNED', assessorId: ada, assessor: 'Ada', previousAssessor: null },
});
const life: OpportunityEvent[] = [
  assigned(),
  {
    kind: 'opportunity.assessment_started',
    data: { from: 'ASSIGNED', to: 'IN_ASSESSMENT', version: 1, scorecard: 'Default' },
  },
  {
    kind: 'opportunity.submitted',
    data: {
      from: 'IN_ASSESSMENT',
      to: 'SUBMITTED',
      version: 1,
      score: 700,
      band: 'Pursue',
      knockOuts: [],
    },
  },
  {
    kind: 'opportunity.recommended',
    data: { from: 'SUBMITTED', to: 'RECOMMENDED', version: 1, verdict: 'GO', rationale: 'Good.' },
  },
  {
    kind: 'opportunity.decided',
    data: {
      from: 'RECOMMENDED',
      to: 'GO',
      version: 1,
      verdict: 'GO',
      overrides: [],
      fastTrack: false,
      reason: '',
      conditions: [],
      decisionId: '1',
      memo: 'a hash',
    },
  },
];

const untouched: Present = {
  status: 'NEW',
  beforeHold: null,
  beforeClose: null,
  holdUntil: null,
  holdReason: null,
  assignedSa: null,
  recommendation: null,
  decision: null,
  assessments: [],
  recommendations: [],
  decisions: [],
  conditionsMet: [],
  returned: [],
};
const decidedNow: Present = {
  ...untouched,
  status: 'GO',
  assignedSa: ada,
  recommendation: 'GO',
  decision: 'GO',
  assessments: [
    {
      version: 1,
      submitted: true,
      score: 700,
      band: 'pursue',
      knockOuts: [],
      card: defaultScorecard,
      ratings: Object.fromEntries(defaultScorecard.criteria.map(({ code }) => [code, 7])),
    },
  ],
  recommendations: [{ version: 1, verdict: 'GO', rationale: 'Good.' }],
  decisions: [{ version: 1, verdict: 'GO', overrides: [], reason: '' }],
};
const sheet = decidedNow.assessments[0]!;

describe('the record of an opportunity, played', () => {
  it('leads where the tables stand', () => {
    expect(differencesOf(life, decidedNow)).toEqual([]);
    expect(differencesOf([], untouched)).toEqual([]);
  });

  it('comes through holds, returns, reopenings and what the CRM closes', () => {
    const { problems, ...state } = replay(
      [
        ...life.slice(0, 4),
        {
          kind: 'opportunity.held',
          data: { from: 'RECOMMENDED', to: 'ON_HOLD', until: '2027-01-01', reason: 'Budget.' },
        },
        {
          kind: 'opportunity.closed_in_crm',
          data: { from: 'ON_HOLD', to: 'CLOSED_IN_CRM', crmStatus: 'LOST' },
        },
        {
          kind: 'opportunity.reopened_in_crm',
          data: { from: 'CLOSED_IN_CRM', to: 'ON_HOLD', crmStatus: 'OPEN' },
        },
        { kind: 'opportunity.resumed', data: { from: 'ON_HOLD', to: 'RECOMMENDED' } },
        {
          kind: 'opportunity.returned',
          data: { from: 'RECOMMENDED', to: 'IN_ASSESSMENT', version: 1, reason: 'Once more.' },
        },
      ],
      false,
    );
    expect(problems).toEqual([]);
    expect(state).toMatchObject({
      status: 'IN_ASSESSMENT',
      draft: 2,
      returned: [1],
      recommendation: null,
      beforeHold: null,
      beforeClose: null,
      holdUntil: null,
    });
  });

  it('begins closed where the CRM had closed it before BQS read it', () => {
    const closed: Present = { ...untouched, status: 'CLOSED_IN_CRM', beforeClose: 'NEW' };
    expect(differencesOf([], closed)).toEqual([]);
    const reopened: OpportunityEvent = {
      kind: 'opportunity.reopened_in_crm',
      data: { from: 'CLOSED_IN_CRM', to: 'NEW', crmStatus: 'OPEN' },
    };
    expect(differencesOf([reopened], untouched)).toEqual([]);
  });
});

describe('what was altered behind the record', () => {
  it.each<[string, Partial<Present>]>([
    ['state', { status: 'NO_GO' }],
    ['state before hold', { beforeHold: 'NEW' }],
    ['architect', { assignedSa: null }],
    ['recommendation', { recommendation: 'NO_GO' }],
    ['decision', { decision: null }],
    ['decisions', { decisions: [] }],
    ['decisions', { decisions: [{ ...decidedNow.decisions[0]!, overrides: ['band'] }] }],
    ['recommendations', { recommendations: [{ version: 1, verdict: 'GO', rationale: 'Bad.' }] }],
    ['submitted versions', { assessments: [] }],
    ['open draft', { assessments: [sheet, { ...sheet, version: 2, submitted: false }] }],
    ['score of version 1', { assessments: [{ ...sheet, score: 800 }] }],
    ['score of version 1 by its ratings', { assessments: [{ ...sheet, ratings: { STRAT: 1 } }] }],
    ['band of version 1 by its ratings', { assessments: [{ ...sheet, band: 'decline' }] }],
    ['knock-outs of version 1', { assessments: [{ ...sheet, knockOuts: ['LEGAL'] }] }],
    ['conditions met', { conditionsMet: ['Signed'] }],
  ])('shows as a difference in the %s', (what, altered) => {
    const found = differencesOf(life, { ...decidedNow, ...altered });
    expect(found.map((line) => line.split(':')[0])).toContain(what);
  });

  it('shows where an event was left out, or leads where no transition does', () => {
    expect(differencesOf(life.slice(1), decidedNow).join()).toContain('but the events before it');
    const odd = { ...assigned(), data: { ...assigned().data, to: 'GO' } } as OpportunityEvent;
    expect(replay([odd], false).problems).toEqual([expect.stringContaining('no transition')]);
  });
});
