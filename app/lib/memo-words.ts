import type { Memo } from '#app/domain/memo.ts';
import { overrideWords } from '#app/domain/override-words.ts';
import { recommendationNames } from '#app/domain/work-words.ts';
import { workflowStatusNames } from '#app/domain/workflow-names.ts';
import { formatRating, formatScore } from '#app/domain/scoring.ts';
import { fieldName } from './field-names.ts';
import { formatDay, formatDecimal, momentIn } from './format.ts';
import { staleValueWords } from './stale-words.ts';

export type Sheet = NonNullable<Memo['assessment']>;
type Flip = NonNullable<Memo['sensitivity']>['up'];

/** One line of a list of facts; null is what the CRM did not have. */
export interface MemoFact {
  label: string;
  value: string | null;
}

const verdictNames = { ...workflowStatusNames, ...recommendationNames };

/** A verdict of a recommendation or a decision, as people say it. */
export function verdictName(verdict: keyof typeof verdictNames): string {
  return verdictNames[verdict];
}

/** A frozen instant. In UTC for every reader, so that every copy of a memo says the same. */
export function memoMoment(instant: string): string {
  const { day, time } = momentIn(new Date(instant), 'UTC');
  return `${day}, ${time} UTC`;
}

/** What the memo is of, as its title block says. */
export function memoTitle({ opportunity: o }: Memo): { name: string; lead: string } {
  const number = o.remoteNumber ?? `CRM id ${o.remoteId}`;
  return {
    name: o.name ?? 'Name not set in CRM',
    lead: `${o.customer ?? 'Account not set in CRM'} · ${number}`,
  };
}

/** Every mapped column of the CRM as it was. */
export function memoFacts({ opportunity: o }: Memo): MemoFact[] {
  const amount = o.dealValue && `${formatDecimal(o.dealValue)} ${o.currency ?? '(no currency)'}`;
  const gone = o.goneSince ? [{ label: 'Gone since', value: memoMoment(o.goneSince) }] : [];
  return [
    { label: 'Amount', value: amount },
    { label: 'Close date', value: o.closeDate && formatDay(o.closeDate) },
    { label: 'Sales stage', value: o.stage },
    { label: 'CRM status', value: o.crmStatus },
    {
      label: 'CRM win probability',
      value: o.winProbability === null ? null : `${o.winProbability} %`,
    },
    { label: 'Practice', value: o.practice },
    { label: 'Sector', value: o.sector },
    { label: 'GEO', value: o.geo },
    { label: 'Region', value: o.region },
    { label: 'Sales owner', value: o.salesOwner },
    { label: 'Sales owner’s e-mail', value: o.salesOwnerEmail },
    { label: 'CRM id', value: o.remoteId },
    { label: 'Created in CRM', value: o.crmCreatedAt && memoMoment(o.crmCreatedAt) },
    { label: 'Updated in CRM', value: o.crmUpdatedAt && memoMoment(o.crmUpdatedAt) },
    ...gone,
  ];
}

/** How fresh the CRM's facts were. */
export function snapshotWords({ opportunity: { asOf, syncRunId, lastSync } }: Memo): string {
  const run = syncRunId ? `, by sync run ${syncRunId}` : '';
  const last = lastSync
    ? ` The last sync that had ended was run ${lastSync.id}, at ${memoMoment(lastSync.completedAt)}.`
    : ' No sync had ended by then.';
  return `The record was last written ${memoMoment(asOf)}${run}.${last}`;
}

export interface ScoreRow {
  code: string;
  name: string;
  weight: string;
  rating: string;
  points: string;
  most: string;
  /** Above what it had to stay not to force a NO-GO, where it fell below. */
  knockedOut: string | null;
  reasons: string[];
  note: string;
}

/** The sheet line by line: a weight of 15 % and a rating of 3.5 of 5 are 10.5 points of 15. */
export function scoreRows({ scorecard, answers, knockOuts }: Sheet): ScoreRow[] {
  return scorecard.definition.criteria.flatMap(({ code, name, weight, knockOutBelow }) => {
    const answer = answers.find(({ criterion }) => criterion === code);
    if (!answer) return [];
    const limit = knockOuts.includes(code) && knockOutBelow !== null;
    return {
      code,
      name,
      weight: `${weight} %`,
      rating: formatRating(answer.halfSteps),
      points: tenths(weight * answer.halfSteps),
      most: String(weight),
      knockedOut: limit ? formatRating(knockOutBelow) : null,
      reasons: answer.reasons,
      note: answer.note,
    };
  });
}

/** The score in words: percent, band, knock-outs. */
export function scoreWords(sheet: Sheet): { score: string; band: string; knockOuts: string[] } {
  return {
    score: formatScore(sheet.score),
    band: bandName(sheet, sheet.band),
    knockOuts: sheet.knockOuts.map((code) => criterionName(sheet, code)),
  };
}

/** The bands of the scorecard, as `Pursue from 70.0 %`. */
export function bandWords({ scorecard }: Sheet): string {
  const bands = scorecard.definition.bands;
  return bands
    .map(({ name, from }) => `${name} from ${formatScore(from).replace(' ', '\u00a0')}`)
    .join(' · ');
}

/** What it would have taken for the sheet to speak for something else. */
export function sensitivityWords({ assessment, sensitivity }: Memo): string[] {
  if (!assessment || !sensitivity) return [];
  return [
    flipWords(assessment, sensitivity.up, 'better'),
    flipWords(assessment, sensitivity.down, 'worse'),
  ];
}

function flipWords(sheet: Sheet, flip: Flip, which: 'better' | 'worse'): string {
  const { bands } = sheet.scorecard.definition;
  const out = sheet.knockOuts.length > 0;
  if (!flip) {
    if (which === 'worse' && out) return 'It could not be worse: a knock-out forces a NO-GO.';
    if (which === 'worse' && sheet.band === bands.at(-1)?.code) {
      return 'It could not be worse: it is in the lowest band.';
    }
    if (which === 'better' && !out && sheet.band === bands[0]?.code) {
      return 'It could not be better: it is in the highest band.';
    }
    return `For something ${which} no change of one rating, or of two, would have been enough.`;
  }
  const steps = flip.steps.map(
    ({ criterion, from, to }) =>
      `${criterionName(sheet, criterion)} at ${formatRating(to)} instead of ${formatRating(from)}`,
  );
  const leads = flip.knockedOut
    ? 'would have forced a NO-GO by a knock-out'
    : out
      ? `would have lifted the knock-out and left the band “${bandName(sheet, flip.band)}”`
      : `would have led to the band “${bandName(sheet, flip.band)}”`;
  return `For something ${which}: ${steps.join(' and ')} ${leads}.`;
}

/** What had moved in the CRM since the assessment and nobody had answered. */
export function staleWords({ stale }: Sheet): string[] {
  return stale.map(({ field, before, after, markedAt }) => {
    const moved =
      field === 'gone'
        ? `${after === 'gone' ? 'Gone from' : 'Back in'} the CRM`
        : `${fieldName(field)}: from ${staleValueWords(field, before)} to ${staleValueWords(field, after)}`;
    return `${moved} (${memoMoment(markedAt)})`;
  });
}

/** What the decision went against, and how it was taken. */
export function decisionWords({ decision, assessment, recommendation }: Memo): string[] {
  const { overrides, verdict } = decision;
  const override = overrideWords(overrides, { verdict, recommended: recommendation?.verdict });
  return [
    ...(assessment ? [] : ['Declined before assessment: there is no sheet.']),
    ...(override ? [`Override: ${override}.`] : []),
    ...(decision.fastTrack && assessment ? ['Fast track: decided without a recommendation.'] : []),
  ];
}

/** The criterion a file belongs to. */
export function evidenceAbout(memo: Memo, code: string | null): string {
  if (code === null) return 'The opportunity';
  return memo.assessment ? criterionName(memo.assessment, code) : code;
}

/** A size in bytes as people read it, with the exact figure in `bytes`. */
export function fileSize(bytes: string): string {
  const size = Number(bytes);
  if (size < 1024) return `${bytes} B`;
  if (size < 1024 ** 2) return `${(size / 1024).toFixed(1)} KiB`;
  return `${(size / 1024 ** 2).toFixed(1)} MiB`;
}

function criterionName({ scorecard }: Sheet, code: string): string {
  return scorecard.definition.criteria.find((each) => each.code === code)?.name ?? code;
}

function bandName({ scorecard }: Sheet, code: string): string {
  return scorecard.definition.bands.find((each) => each.code === code)?.name ?? code;
}

function tenths(value: number): string {
  return `${Math.trunc(value / 10)}.${value % 10}`;
}
