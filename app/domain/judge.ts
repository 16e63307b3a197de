import { inScope, scopeOf } from './permissions.ts';
import type { Viewer } from './roles.ts';
import {
  intents,
  transitions,
  type Intent,
  type Need,
  type Target,
  type Transition,
  type Verdict,
} from './transitions.ts';
import type { WorkflowStatus } from './workflow.ts';

/** Everything a transition is judged by, read in the transaction that carries it out. */
export interface Facts {
  status: WorkflowStatus;
  statusBeforeHold: WorkflowStatus | null;
  gone: boolean;
  practice: string | null;
  /** users.id */
  assignedSa: string | null;
  salesOwnerEmail: string | null;
  /** Of the latest submitted assessment; null where there is none. */
  assessorId: string | null;
  recommenderId: string | null;
  /** Whether an assessment has ever been submitted. */
  assessed: boolean;
  stale: boolean;
  fastTrack: boolean;
}

export type Refusal =
  | 'not-found'
  | 'not-allowed'
  | 'gone'
  | 'wrong-state'
  | 'own-assessment'
  | 'own-recommendation'
  | Need;

export type Judgement = { ok: true; to: WorkflowStatus } | { ok: false; refusal: Refusal };

/**
 * Whether `viewer` may do `intent` to an opportunity that stands as `facts` say, and where it leads.
 * `verdict` is what a decision says. What the viewer may not read does not exist for them.
 */
export function judge(
  viewer: Viewer,
  intent: Intent,
  facts: Facts,
  verdict: Verdict | null = null,
): Judgement {
  if (!inScope(scopeOf(viewer, 'read:opportunity'), facts)) return refuse('not-found');
  const held = transitions.filter(
    ({ intent: asked, permission }) =>
      asked === intent && inScope(scopeOf(viewer, permission), facts),
  );
  if (held.length === 0) return refuse('not-allowed');
  if (facts.gone) return refuse('gone');
  const here = held.filter(({ from }) => from.includes(facts.status));
  if (here.length === 0) return refuse('wrong-state');
  const judged = here.map((transition) => missing(transition, viewer, facts));
  const open = here.find((_, index) => judged[index] === null);
  if (!open) return refuse(judged[0] ?? 'wrong-state');
  return { ok: true, to: targetOf(open.to, facts, verdict) };
}

/** What `viewer` may do now, for buttons; the action asks again. */
export function openIntents(viewer: Viewer, facts: Facts): Intent[] {
  return intents.filter((intent) => judge(viewer, intent, facts, 'GO').ok);
}

/** The first need of a transition that the facts do not meet. */
function missing({ needs }: Transition, viewer: Viewer, facts: Facts): Refusal | null {
  return (
    needs.map((need) => unmet(need, viewer, facts)).find((refusal) => refusal !== null) ?? null
  );
}

function unmet(need: Need, viewer: Viewer, facts: Facts): Refusal | null {
  switch (need) {
    case 'stale':
      return facts.stale ? null : need;
    case 'assessed':
      return facts.assessed ? null : need;
    case 'never-assessed':
      return facts.assessed ? need : null;
    case 'fast-track':
      return facts.fastTrack ? null : need;
    case 'another-assessor':
      return facts.assessorId === viewer.id ? 'own-assessment' : null;
    case 'another-recommender':
      return facts.recommenderId === viewer.id ? 'own-recommendation' : null;
  }
}

function targetOf(to: Target, facts: Facts, verdict: Verdict | null): WorkflowStatus {
  switch (to) {
    case 'same':
      return facts.status;
    case 'before-hold':
      return facts.statusBeforeHold ?? 'NEW';
    case 'before-assessment':
      return facts.assignedSa ? 'ASSIGNED' : 'NEW';
    case 'the-verdict':
      if (!verdict) throw new TypeError('A decision says GO, NO_GO or CONDITIONAL_GO.');
      return verdict;
    default:
      return to;
  }
}

function refuse(refusal: Refusal): Judgement {
  return { ok: false, refusal };
}
