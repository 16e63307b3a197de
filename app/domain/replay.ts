import type { OpportunityEvent } from './audit.ts';
import { decided, transitions, type Intent } from './transitions.ts';
import type { WorkflowStatus } from './workflow.ts';

/** Where an opportunity must stand, going by the record of what was done to it. */
export interface Replayed {
  status: WorkflowStatus;
  beforeHold: WorkflowStatus | null;
  beforeClose: WorkflowStatus | null;
  holdUntil: string | null;
  holdReason: string | null;
  /** users.id */
  assignedSa: string | null;
  /** Version of the open draft. */
  draft: number | null;
  submitted: { version: number; score: number; band: string; knockOuts: string[] }[];
  returned: number[];
  recommendations: { version: number; verdict: string; rationale: string }[];
  decisions: { version: number | null; verdict: string; overrides: string[]; reason: string }[];
  conditionsMet: string[];
  /** What the columns of the present recommendation and decision say. */
  recommendation: string | null;
  decision: string | null;
  /** Where the record contradicts itself or the transition table. */
  problems: string[];
}

/** The intent behind each kind of event that the transition table knows. */
const intentOf: Partial<Record<OpportunityEvent['kind'], Intent>> = {
  'opportunity.assigned': 'assign',
  'opportunity.assessment_started': 'start',
  'opportunity.submitted': 'submit',
  'opportunity.assessment_confirmed': 'still-holds',
  'opportunity.assessment_renewed': 'renew',
  'opportunity.returned': 'return',
  'opportunity.recommended': 'recommend',
  'opportunity.decided': 'decide',
  'opportunity.declined': 'decline',
  'opportunity.held': 'hold',
  'opportunity.resumed': 'resume',
  'opportunity.reopened': 'reopen',
};

/**
 * Plays the events of one opportunity, oldest first, from where the sync put it. One that the CRM had closed
 * before BQS first read it begins there, and no event says so.
 */
export function replay(events: readonly OpportunityEvent[], closedFromTheStart: boolean): Replayed {
  const state: Replayed = {
    ...{ status: 'NEW', beforeHold: null, beforeClose: null, holdUntil: null, holdReason: null },
    ...{ assignedSa: null, draft: null, submitted: [], returned: [], recommendations: [] },
    ...{ decisions: [], conditionsMet: [], recommendation: null, decision: null, problems: [] },
  };
  if (closedFromTheStart) Object.assign(state, { status: 'CLOSED_IN_CRM', beforeClose: 'NEW' });
  for (const event of events) {
    checkMove(state, event);
    apply(state, event);
    if ('to' in event.data) state.status = event.data.to;
  }
  return state;
}

function checkMove(state: Replayed, { kind, data }: OpportunityEvent): void {
  if (!('to' in data)) return;
  const { from, to } = data;
  if (from !== state.status) {
    state.problems.push(
      `${kind} says it was ${from}, but the events before it left ${state.status}`,
    );
  }
  const intent = intentOf[kind];
  const rows = transitions.filter((row) => row.intent === intent && row.from.includes(from));
  if (intent && !rows.some((row) => leads(state, row.to, from, to))) {
    state.problems.push(`${kind} moved it from ${from} to ${to}, which no transition does`);
  }
}

function leads(state: Replayed, target: string, from: WorkflowStatus, to: WorkflowStatus): boolean {
  switch (target) {
    case 'same':
      return to === from;
    case 'before-hold':
      return to === state.beforeHold;
    case 'before-assessment':
      return to === (state.assignedSa ? 'ASSIGNED' : 'NEW');
    case 'the-verdict':
      return decided.some((verdict) => verdict === to);
    default:
      return to === target;
  }
}

function apply(state: Replayed, { kind, data }: OpportunityEvent): void {
  switch (kind) {
    case 'opportunity.closed_in_crm':
      state.beforeClose = data.from;
      return;
    case 'opportunity.reopened_in_crm':
      state.beforeClose = null;
      return;
    case 'opportunity.assigned':
      state.assignedSa = data.assessorId;
      return;
    case 'opportunity.assessment_started':
    case 'opportunity.assessment_renewed':
      return open(state, data.version, kind === 'opportunity.assessment_renewed');
    case 'opportunity.submitted': {
      const { version, score, band, knockOuts } = data;
      if (version !== state.draft) state.problems.push(`version ${version} was never begun`);
      state.submitted.push({ version, score, band, knockOuts });
      return void Object.assign(state, { draft: null, recommendation: null });
    }
    case 'opportunity.returned':
      state.returned.push(data.version);
      return open(state, data.version + 1, true);
    case 'opportunity.recommended':
      state.recommendations.push(pick(data, 'version', 'verdict', 'rationale'));
      return void (state.recommendation = data.verdict);
    case 'opportunity.decided':
      state.decisions.push(pick(data, 'version', 'verdict', 'overrides', 'reason'));
      return void (state.decision = data.verdict);
    case 'opportunity.declined':
      state.decisions.push({ version: null, verdict: 'NO_GO', overrides: [], reason: data.reason });
      return void (state.decision = 'NO_GO');
    case 'opportunity.held':
      state.beforeHold = data.from;
      return void Object.assign(state, { holdUntil: data.until, holdReason: data.reason });
    case 'opportunity.resumed':
      return void Object.assign(state, { beforeHold: null, holdUntil: null, holdReason: null });
    case 'opportunity.reopened':
      state.decision = null;
      return data.version === null ? undefined : open(state, data.version, true);
    case 'opportunity.condition_met':
      return void state.conditionsMet.push(data.condition);
  }
}

function open(state: Replayed, version: number, again: boolean): void {
  const next = (state.submitted.at(-1)?.version ?? 0) + 1;
  if (version !== next) state.problems.push(`version ${version} was begun where ${next} was due`);
  state.draft = version;
  if (again) state.recommendation = null;
}

function pick<T, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}
