import type { Memo } from '#app/domain/memo.ts';
import { defaultScorecard } from '../../prisma/default-scorecard.ts';

const at = '2026-11-24T10:00:00.000000Z';
const by = { id: 'b0000000-0000-4000-8000-000000000001', name: 'Maya Manager' };

/** A whole memo that no decision made. */
export function sampleMemo(): Memo {
  const answers = defaultScorecard.criteria.map(({ code }) => ({
    criterion: code,
    halfSteps: code === 'LEGAL' ? 2 : 7,
    reasons: [],
    note: 'As we know.',
  }));
  return {
    format: 1,
    opportunity: {
      id: '7',
      remoteId: '300000123456789',
      remoteNumber: 'N-7',
      name: 'Data platform',
      customer: 'Example Retail',
      practice: 'Data & AI',
      geo: null,
      region: null,
      sector: null,
      dealValue: '1250000.50',
      currency: 'EUR',
      winProbability: 60,
      salesOwner: 'Sam Sales',
      salesOwnerEmail: 'sales@example.test',
      stage: 'Propose',
      crmStatus: 'OPEN',
      closeDate: '2027-03-31',
      crmCreatedAt: null,
      crmUpdatedAt: at,
      goneSince: null,
      asOf: at,
      syncRunId: '4',
      lastSync: { id: '5', type: 'INCREMENTAL', status: 'SUCCESS', completedAt: at },
    },
    assessment: {
      id: '9',
      version: 2,
      answers,
      summary: 'A summary of some length.',
      assessor: by,
      scorecard: { id: '1', name: 'Default', definition: defaultScorecard },
      submittedAt: at,
      score: 650,
      band: 'consider',
      knockOuts: ['LEGAL'],
      stale: [{ field: 'deal_value', before: '1000000', after: '1250000.50', markedAt: at }],
    },
    sensitivity: {
      up: { steps: [{ criterion: 'LEGAL', from: 2, to: 3 }], band: 'consider', knockedOut: false },
      down: null,
    },
    evidence: [],
    recommendation: { id: '3', verdict: 'GO', rationale: 'Worth it.', by, at },
    decision: {
      id: '11',
      verdict: 'CONDITIONAL_GO',
      reason: 'Legal can be mended.',
      by,
      at,
      overrides: ['knock-out', 'recommendation'],
      fastTrack: false,
      conditions: [{ condition: 'Sign the terms', due: '2027-01-31' }],
    },
  };
}
