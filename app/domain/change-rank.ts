import { closedCrmStatuses, type WorkflowStatus } from './workflow.ts';

/** What a change can touch, the gravest first: the states that are meant, and how a count reads. */
export const touches = [
  {
    key: 'decided',
    name: 'Decided',
    states: ['GO', 'NO_GO', 'CONDITIONAL_GO'],
    one: 'decided opportunity',
    many: 'decided opportunities',
  },
  {
    key: 'in-review',
    name: 'In review',
    states: ['SUBMITTED', 'RECOMMENDED'],
    one: 'in review',
    many: 'in review',
  },
  {
    key: 'in-assessment',
    name: 'Being assessed',
    states: ['ASSIGNED', 'IN_ASSESSMENT'],
    one: 'being assessed',
    many: 'being assessed',
  },
  {
    key: 'other',
    name: 'No qualification under way',
    states: ['NEW'],
    one: 'other',
    many: 'others',
  },
] as const satisfies readonly { states: readonly WorkflowStatus[]; [word: string]: unknown }[];

export type Touch = (typeof touches)[number]['key'];
export const lastRank = touches.length - 1;

/** Where the qualification stands, and what a hold or the CRM's close covers up. */
export interface Standing {
  status: WorkflowStatus;
  beforeClose: WorkflowStatus | null;
  beforeHold: WorkflowStatus | null;
}

/**
 * How grave it is that the CRM moves this opportunity: the place of what it touches in `touches`. What is
 * on hold or closed in the CRM counts as what it was before. Said in SQL too; a test holds the two together.
 */
export function rankOf({ status, beforeClose, beforeHold }: Standing): number {
  const open = status === 'CLOSED_IN_CRM' ? (beforeClose ?? 'NEW') : status;
  const under = open === 'ON_HOLD' ? (beforeHold ?? 'NEW') : open;
  const rank = touches.findIndex(({ states }) => states.some((state) => state === under));
  return rank < 0 ? lastRank : rank;
}

export type ChangeKind = 'UPDATED' | 'GONE' | 'REAPPEARED';

/** What weighs most in a judgement, from 2 on; 0 is gone and 1 is back. */
export const weightyFields = [
  'deal_value',
  'currency',
  'close_date',
  'stage',
  'crm_status',
  'win_probability',
] as const;
const lightFields = ['crm_created_at', 'crm_updated_at'] as const;

const ordinary = 2 + weightyFields.length;
export const precedences = {
  gone: 0,
  reappeared: 1,
  crmStatus: 2 + weightyFields.indexOf('crm_status'),
  ordinary,
  light: ordinary + 1,
} as const;

/** Which change of an opportunity is told first: the lowest. The column `precedence` holds the same. */
export function precedenceOf(kind: ChangeKind, field: string | null): number {
  if (kind === 'GONE') return precedences.gone;
  if (kind === 'REAPPEARED') return precedences.reappeared;
  const weighty = weightyFields.findIndex((each) => each === field);
  if (weighty >= 0) return 2 + weighty;
  return lightFields.some((each) => each === field) ? precedences.light : precedences.ordinary;
}

export interface RankedChange {
  rank: number;
  /** Whether this run made its assessment stale. */
  stale: boolean;
  precedence: number;
  /** opportunities.id */
  id: string;
}

/** The order of a run's page: by what is touched, what went stale first, then by what changed. */
export function compareChanges(a: RankedChange, b: RankedChange): number {
  return (
    a.rank - b.rank ||
    Number(b.stale) - Number(a.stale) ||
    a.precedence - b.precedence ||
    Number(BigInt(a.id) - BigInt(b.id))
  );
}

/** Whether a change of the CRM's status closed the opportunity there or opened it again. */
export function turnOf(before: string | null, after: string | null): 'closed' | 'reopened' | null {
  const closed = (code: string | null) => closedCrmStatuses.some((each) => each === code);
  if (closed(before) === closed(after)) return null;
  return closed(after) ? 'closed' : 'reopened';
}
