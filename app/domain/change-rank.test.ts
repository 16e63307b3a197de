import { describe, expect, it } from 'vitest';
import { compareChanges, precedenceOf, rankOf, touches, turnOf } from './change-rank.ts';
import { workflowStatuses, type WorkflowStatus } from './workflow.ts';

const covered = { beforeClose: null, beforeHold: null };

describe('what a change touches', () => {
  it('has a rank for every state, and what is covered up counts', () => {
    const expected: Record<WorkflowStatus, number> = {
      GO: 0,
      NO_GO: 0,
      CONDITIONAL_GO: 0,
      SUBMITTED: 1,
      RECOMMENDED: 1,
      ASSIGNED: 2,
      IN_ASSESSMENT: 2,
      NEW: 3,
      ON_HOLD: 3,
      CLOSED_IN_CRM: 3,
    };
    for (const status of workflowStatuses) {
      const rank = rankOf({ status, ...covered });
      expect([status, rank]).toEqual([status, expected[status]]);
      if (status === 'ON_HOLD' || status === 'CLOSED_IN_CRM') continue;
      expect(rankOf({ status: 'ON_HOLD', beforeHold: status, beforeClose: null })).toBe(rank);
      expect(rankOf({ status: 'CLOSED_IN_CRM', beforeClose: status, beforeHold: null })).toBe(rank);
      const both = { beforeClose: 'ON_HOLD', beforeHold: status } as const;
      expect(rankOf({ status: 'CLOSED_IN_CRM', ...both })).toBe(rank);
    }
    expect(touches.map(({ key }) => key)).toEqual([
      ...['decided', 'in-review', 'in-assessment', 'other'],
    ]);
  });

  it('puts amount, close date, stage and CRM status before texts, and times last', () => {
    const fields = ['crm_updated_at', 'name', 'crm_status', 'stage', 'close_date', 'deal_value'];
    const sorted = fields.toSorted(
      (a, b) => precedenceOf('UPDATED', a) - precedenceOf('UPDATED', b),
    );
    expect(sorted).toEqual(fields.toReversed());
    expect(precedenceOf('GONE', null)).toBeLessThan(precedenceOf('UPDATED', 'deal_value'));
  });

  it('orders by rank, then what went stale, then what changed', () => {
    const change = { rank: 1, stale: false, precedence: 5, id: '7' };
    const wanted = [
      { ...change, rank: 0, precedence: 9 },
      { ...change, stale: true, precedence: 9 },
      { ...change, precedence: 2 },
      { ...change, id: '6' },
      change,
      { ...change, id: '10' },
    ];
    expect(wanted.toReversed().toSorted(compareChanges)).toEqual(wanted);
  });

  it.each([
    ['OPEN', 'WON', 'closed'],
    [null, 'LOST', 'closed'],
    ['NO_SALE', 'OPEN', 'reopened'],
    ['WON', null, 'reopened'],
    ['WON', 'LOST', null],
    ['OPEN', null, null],
  ])('from %s to %s is %s', (before, after, turn) => {
    expect(turnOf(before, after)).toBe(turn);
  });
});
