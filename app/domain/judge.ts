import type { Mandate } from './mandate.ts';
import { missing, type Way } from './needs.ts';
import { grantsOn, inScope, scopeOf } from './permissions.ts';
import type { Viewer } from './roles.ts';
import {
  type Need,
  intents,
  transitions,
  type Intent,
  type Target,
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
  /** For whom they recommended, as a stand-in. */
  recommendedForId: string | null;
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
  | 'absent-assessment'
  | 'absent-recommendation'
  | Need;

/** `mandate` is what it takes; null where the viewer acts in their own right. */
export type Judgement =
  { ok: true; to: WorkflowStatus; mandate: Mandate | null } | { ok: false; refusal: Refusal };

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
  const held = waysOf(viewer, intent, facts);
  if (held.length === 0) return refuse('not-allowed');
  if (facts.gone) return refuse('gone');
  const here = held.filter(({ transition }) => transition.from.includes(facts.status));
  if (here.length === 0) return refuse('wrong-state');
  const judged = here.map((way) => missing(way, viewer, facts));
  const open = here.find((_, index) => judged[index] === null);
  if (!open) return refuse(judged[0] ?? 'wrong-state');
  return { ok: true, to: targetOf(open.transition.to, facts, verdict), mandate: open.mandate };
}

/** What `viewer` may do now, for buttons; the action asks again. */
export function openIntents(viewer: Viewer, facts: Facts): Intent[] {
  return intents.filter((intent) => judge(viewer, intent, facts, 'GO').ok);
}

/** For whom the viewer would do each of these; an intent of their own right is left out. */
export function actsFor(viewer: Viewer, facts: Facts): Partial<Record<Intent, string>> {
  const open = intents.map((intent) => [intent, judge(viewer, intent, facts, 'GO')] as const);
  return Object.fromEntries(
    open.flatMap(([intent, judged]) =>
      judged.ok && judged.mandate ? [[intent, judged.mandate.absent.name]] : [],
    ),
  );
}

/** The transitions that lie open to the viewer on this row: those in their own right, then those of a mandate. */
function waysOf(viewer: Viewer, intent: Intent, facts: Facts): Way[] {
  const ways = transitions
    .filter((transition) => transition.intent === intent)
    .flatMap((transition) =>
      grantsOn(viewer, transition.permission, facts).map(({ mandate }) => ({
        transition,
        mandate,
      })),
    );
  const own = ways.filter(({ mandate }) => mandate === null);
  return [...own, ...ways.filter(({ mandate }) => mandate !== null)];
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
