import type { AwaitedIntent } from './row-obstacle.ts';
import type { Override, Recommended } from './scoring.ts';
import type { StaleField } from './staleness.ts';
import type { Intent, Verdict } from './transitions.ts';
import type { WorkflowStatus } from './workflow.ts';

/** The latest submitted assessment in short. */
export interface AssessmentSummary {
  id: string;
  version: number;
  scorecard: string;
  /** Tenths of a percent. */
  score: number;
  band: string;
  /** What the band speaks for, knock-outs aside. */
  advice: 'GO' | 'EITHER' | 'NO_GO';
  /** Names of the criteria that force a NO-GO. */
  knockOuts: string[];
  assessor: string;
  submittedAt: Date;
  summary: string;
  /** What would make it speak for something else, in words. */
  sensitivity: string[];
  returned: { reason: string; by: string; at: Date } | null;
}

/** A decision with what it hangs on. */
export interface DecisionSummary {
  id: string;
  verdict: Verdict;
  reason: string;
  overrides: string[];
  recommended: Recommended | null;
  fastTrack: boolean;
  /** Of the assessment it was made on; null for a decline. */
  version: number | null;
  by: string;
  at: Date;
  conditions: {
    id: string;
    condition: string;
    /** YYYY-MM-DD */
    due: string;
    /** Lapsed: nobody has to meet it any more. */
    state: 'met' | 'open' | 'overdue' | 'lapsed';
    met: { by: string; at: Date; note: string } | null;
  }[];
}

/** Who holds an opportunity by their role, in words, and what is next. */
export interface Turn {
  holder: string;
  step: string;
  /** Whether a manager may decide before that. */
  fastTrack: boolean;
}

/** Where the qualification of an opportunity stands, as its page shows it to one viewer. */
export interface QualificationView {
  revision: number;
  status: WorkflowStatus;
  /** The state it is interrupted at, while it is on hold or closed in the CRM. */
  interruptedAt: WorkflowStatus | null;
  hold: { until: string | null; reason: string | null } | null;
  since: Date;
  turn: Turn | null;
  /** Whether it is undecided and nobody heads its practice. */
  headless: boolean;
  draft: { version: number; assessor: string; savedAt: Date } | null;
  assessment: AssessmentSummary | null;
  recommendation: {
    verdict: Recommended;
    rationale: string;
    by: string;
    at: Date;
  } | null;
  decision: DecisionSummary | null;
  stale: { field: StaleField; before: string | null; after: string | null; markedAt: Date }[];
  /** Whether the viewer may note that a condition of the decision is met. */
  mayMeet: boolean;
  /** What the viewer may do now. */
  intents: Intent[];
  /** What would be theirs to do, but for their own part in it, and why it is not. */
  obstacles: { intent: AwaitedIntent; words: string }[];
  /** The name of whom the viewer does it for, where it takes that they stand in. */
  actsFor: Partial<Record<Intent, string>>;
  /** What each verdict would go against. */
  overrides: Record<Verdict, Override[]>;
}
