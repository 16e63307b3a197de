import type { Permission } from './permissions.ts';
import type { WorkflowStatus } from './workflow.ts';

/** What a button of the qualification asks for. */
export const intents = [
  'assign',
  'start',
  'save',
  'submit',
  'still-holds',
  'renew',
  'return',
  'recommend',
  'decide',
  'decline',
  'hold',
  'resume',
  'reopen',
] as const;
export type Intent = (typeof intents)[number];

export type Verdict = 'GO' | 'NO_GO' | 'CONDITIONAL_GO';

/** Where a transition leads: a state, the one it stands in, or one that the facts name. */
export type Target = WorkflowStatus | 'same' | 'before-hold' | 'before-assessment' | 'the-verdict';

/** What must hold besides state and permission. */
export type Need =
  | 'stale'
  | 'assessed'
  | 'never-assessed'
  | 'fast-track'
  | 'another-assessor'
  | 'another-recommender';

export interface Transition {
  intent: Intent;
  from: readonly WorkflowStatus[];
  to: Target;
  permission: Permission;
  needs: readonly Need[];
}

const undecided = ['NEW', 'ASSIGNED', 'IN_ASSESSMENT', 'SUBMITTED', 'RECOMMENDED'] as const;
const submitted = ['SUBMITTED', 'RECOMMENDED'] as const;
export const decided = ['GO', 'NO_GO', 'CONDITIONAL_GO'] as const;

const assign = 'assign:opportunity';
const assess = 'assess:opportunity';
const recommend = 'recommend:opportunity';
const decide = 'decide:opportunity';

/** design.md section 7, a row a way from one state to another. Closing and reopening are the CRM's. */
export const transitions: readonly Transition[] = [
  row('assign', ['NEW'], 'ASSIGNED', assign),
  row('assign', ['ASSIGNED', 'IN_ASSESSMENT'], 'same', assign),
  row('start', ['ASSIGNED'], 'IN_ASSESSMENT', assess),
  row('save', ['IN_ASSESSMENT'], 'same', assess),
  row('submit', ['IN_ASSESSMENT'], 'SUBMITTED', assess),
  row('still-holds', submitted, 'same', assess, ['stale']),
  row('still-holds', decided, 'same', decide, ['stale']),
  row('renew', submitted, 'IN_ASSESSMENT', assess, ['stale']),
  row('return', ['SUBMITTED'], 'IN_ASSESSMENT', recommend, ['another-assessor']),
  row('return', ['RECOMMENDED'], 'IN_ASSESSMENT', decide),
  row('recommend', ['SUBMITTED'], 'RECOMMENDED', recommend, ['another-assessor']),
  row('decide', ['RECOMMENDED'], 'the-verdict', decide, ['another-recommender']),
  row('decide', ['SUBMITTED'], 'the-verdict', decide, ['fast-track', 'another-assessor']),
  row('decline', ['NEW', 'ASSIGNED'], 'NO_GO', decide),
  row('hold', undecided, 'ON_HOLD', decide),
  row('resume', ['ON_HOLD'], 'before-hold', decide),
  row('reopen', decided, 'IN_ASSESSMENT', decide, ['assessed']),
  row('reopen', ['NO_GO'], 'before-assessment', decide, ['never-assessed']),
];

function row(
  intent: Intent,
  from: readonly WorkflowStatus[],
  to: Target,
  permission: Permission,
  needs: readonly Need[] = [],
): Transition {
  return { intent, from, to, permission, needs };
}
