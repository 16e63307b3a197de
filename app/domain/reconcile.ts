import { replay } from './replay.ts';
import type { OpportunityEvent } from './audit.ts';
import type { Scorecard } from './scorecard.ts';
import { bandOf, standingOf, type Ratings } from './scoring.ts';
import type { WorkflowStatus } from './workflow.ts';

/** What the tables say of one opportunity now. */
export interface Present {
  status: WorkflowStatus;
  beforeHold: WorkflowStatus | null;
  beforeClose: WorkflowStatus | null;
  /** YYYY-MM-DD */
  holdUntil: string | null;
  holdReason: string | null;
  assignedSa: string | null;
  recommendation: string | null;
  decision: string | null;
  assessments: PresentAssessment[];
  recommendations: { version: number; verdict: string; rationale: string }[];
  decisions: { version: number | null; verdict: string; overrides: string[]; reason: string }[];
  conditionsMet: string[];
  returned: number[];
}

export interface PresentAssessment {
  version: number;
  submitted: boolean;
  score: number | null;
  /** Code of the band. */
  band: string | null;
  knockOuts: string[];
  card: Scorecard;
  ratings: Ratings;
}

/** In what the tables differ from the record, in words; empty where both agree. */
export function differencesOf(events: readonly OpportunityEvent[], present: Present): string[] {
  const first = events.find(({ data }) => 'to' in data)?.data;
  const start = first && 'to' in first ? first.from : present.status;
  const played = replay(events, start === 'CLOSED_IN_CRM');
  const sheets = present.assessments;
  const draft = sheets.find(({ submitted }) => !submitted)?.version ?? null;
  const submitted = sheets.filter((sheet) => sheet.submitted);
  const pairs: [what: string, now: unknown, record: unknown][] = [
    ['state', present.status, played.status],
    ['state before hold', present.beforeHold, played.beforeHold],
    ['state before close', present.beforeClose, played.beforeClose],
    ['end of hold', present.holdUntil, played.holdUntil],
    ['reason of hold', present.holdReason, played.holdReason],
    ['architect', present.assignedSa, played.assignedSa],
    ['recommendation', present.recommendation, played.recommendation],
    ['decision', present.decision, played.decision],
    ['open draft', draft, played.draft],
    ['submitted versions', versions(submitted), versions(played.submitted)],
    ['returned versions', sorted(present.returned), sorted(played.returned)],
    ['recommendations', present.recommendations, played.recommendations],
    ['decisions', present.decisions, played.decisions],
    ['conditions met', sorted(present.conditionsMet), sorted(played.conditionsMet)],
  ];
  const apart = pairs.flatMap(([what, now, record]) => difference(what, now, record));
  const scores = submitted.flatMap((sheet) => [
    ...recomputed(sheet),
    ...recorded(
      sheet,
      played.submitted.find(({ version }) => version === sheet.version),
    ),
  ]);
  return [...played.problems, ...apart, ...scores];
}

/** A submitted sheet against its own ratings. */
function recomputed({ version, score, band, knockOuts, card, ratings }: PresentAssessment) {
  const standing = standingOf(card, ratings);
  return [
    ...difference(`score of version ${version} by its ratings`, score, standing.score),
    ...difference(`band of version ${version} by its ratings`, band, standing.band?.code ?? null),
    ...difference(
      `knock-outs of version ${version} by its ratings`,
      sorted(knockOuts),
      sorted(standing.knockOuts),
    ),
  ];
}

/** A submitted sheet against what was recorded when it was. */
function recorded(
  { version, score, knockOuts, card }: PresentAssessment,
  event: { score: number; band: string; knockOuts: string[] } | undefined,
): string[] {
  if (!event) return [];
  return [
    ...difference(`score of version ${version}`, score, event.score),
    ...difference(`band of version ${version}`, bandOf(card, score ?? 0).name, event.band),
    ...difference(`knock-outs of version ${version}`, sorted(knockOuts), sorted(event.knockOuts)),
  ];
}

function difference(what: string, now: unknown, record: unknown): string[] {
  const [left, right] = [JSON.stringify(now), JSON.stringify(record)];
  return left === right ? [] : [`${what}: the table says ${left}, the record ${right}`];
}

function versions(sheets: readonly { version: number }[]): number[] {
  return sorted(sheets.map(({ version }) => version));
}

function sorted<T>(values: readonly T[]): T[] {
  return [...values].sort();
}
