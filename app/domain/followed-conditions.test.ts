import { describe, expect, it } from 'vitest';
import { conditionsFollowed } from './followed-conditions.ts';
import { closedCrmStatuses, followCrmStatus, workflowStatuses } from './workflow.ts';

describe('the conditions of a decision', () => {
  it('are followed up while a conditional GO stands', () => {
    const open = workflowStatuses.filter((status) =>
      conditionsFollowed({ status, beforeClose: null }, 'OPEN'),
    );
    expect(open).toEqual(['CONDITIONAL_GO']);
  });

  it.each([
    ['WON', true],
    ['LOST', false],
    ['NO_SALE', false],
  ] as const)('of a deal that is %s are followed up: %s', (crmStatus, followed) => {
    const closed = followCrmStatus({ status: 'CONDITIONAL_GO', beforeClose: null }, crmStatus);
    expect(closed.status).toBe('CLOSED_IN_CRM');
    expect(conditionsFollowed(closed, crmStatus)).toBe(followed);
  });

  it('are not those of another state that the CRM closed', () => {
    for (const status of workflowStatuses.filter((each) => each !== 'CONDITIONAL_GO'))
      for (const crmStatus of closedCrmStatuses)
        expect(
          conditionsFollowed(followCrmStatus({ status, beforeClose: null }, crmStatus), crmStatus),
        ).toBe(false);
  });
});
