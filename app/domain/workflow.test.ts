import { describe, expect, it } from 'vitest';
import {
  closedCrmStatuses,
  followCrmStatus,
  workflowStatuses,
  type WorkflowPlace,
} from './workflow.ts';

const open = workflowStatuses.filter((status) => status !== 'CLOSED_IN_CRM');

describe('following the CRM status', () => {
  it.each(open.flatMap((status) => closedCrmStatuses.map((code) => ({ status, code }))))(
    'closes $status on $code and comes back when the CRM reopens',
    ({ status, code }) => {
      const closed = followCrmStatus({ status, beforeClose: null }, code);
      expect(closed).toEqual({ status: 'CLOSED_IN_CRM', beforeClose: status });
      expect(followCrmStatus(closed, 'OPEN')).toEqual({ status, beforeClose: null });
    },
  );

  it.each(open.flatMap((status) => ['OPEN', null, 'CUSTOM'].map((code) => ({ status, code }))))(
    'leaves $status alone on $code',
    ({ status, code }) => {
      const place: WorkflowPlace = { status, beforeClose: null };
      expect(followCrmStatus(place, code)).toBe(place);
    },
  );

  it('keeps the first state when one closing code follows another', () => {
    const closed = followCrmStatus({ status: 'SUBMITTED', beforeClose: null }, 'LOST');
    expect(followCrmStatus(closed, 'WON')).toBe(closed);
  });
});
