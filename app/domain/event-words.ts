import type { z } from 'zod';
import { accessSentences } from './access-event-words.ts';
import { auditEvents, type AuditKind } from './audit.ts';
import { auditKindNames } from './audit-words.ts';
import type { Refusal } from './judge.ts';
import { peopleSentences } from './people-event-words.ts';
import { refusalWords } from './refusal-words.ts';
import { formatScore } from './scoring.ts';
import { staleFieldNames, type StaleField } from './staleness.ts';
import { syncSentences } from './sync-event-words.ts';
import { formatDay } from './day.ts';
import { listed } from './listed.ts';
import { overrideWords } from './override-words.ts';
import { intents, type Verdict } from './transitions.ts';
import { recommendationNames } from './work-words.ts';
import { workflowStatusNames, type WorkflowStatus } from './workflow.ts';

/** What somebody did, as the sentence goes on after their name, and what they wrote with it. */
export interface EventWords {
  text: string;
  quote: string | null;
}

type Data<K extends AuditKind> = z.infer<(typeof auditEvents)[K]>;
/** Names of criteria by code. */
export type CriterionNames = Readonly<Record<string, string>>;

type Said = string | [text: string, quote: string];

/** A sentence for every kind of event: a kind without one does not compile. */
const sentences: { [K in AuditKind]: (data: Data<K>, criteria: CriterionNames) => Said } = {
  ...accessSentences,
  'practice.created': () => 'added the practice',
  'practice.removed': () => 'removed the practice',
  'practice.member_added': ({ practice }) => `added them to the practice ${practice}`,
  'practice.member_removed': ({ practice }) => `took them out of the practice ${practice}`,
  ...peopleSentences,
  ...syncSentences,
  'opportunity.closed_in_crm': ({ crmStatus }) =>
    `closed it, because the CRM says ${crmStatus ?? 'it is closed'}`,
  'opportunity.reopened_in_crm': ({ to }) =>
    `took it up again as ${workflowStatusNames[to]}, because the CRM reopened it`,
  'opportunity.assigned': ({ assessor, previousAssessor }) =>
    previousAssessor
      ? `assigned ${assessor} in place of ${previousAssessor}`
      : `assigned ${assessor}`,
  'opportunity.assessment_started': ({ version, scorecard }) =>
    `began version ${version} of the assessment on ${scorecard}`,
  'opportunity.submitted': ({ version, score, band, knockOuts }, criteria) =>
    `submitted version ${version}: ${formatScore(score)}, ${band}${
      knockOuts.length > 0
        ? `, knocked out by ${listed(knockOuts.map((code) => criteria[code] ?? code))}`
        : ''
    }`,
  'opportunity.assessment_confirmed': ({ version, fields }) =>
    `confirmed that version ${version} still holds, although the CRM changed ${listed(fields.map(fieldName))}`,
  'opportunity.assessment_renewed': ({ version }) =>
    `began version ${version}, because the CRM had changed`,
  'opportunity.returned': ({ version, reason }) => [`returned version ${version}`, reason],
  'opportunity.recommended': ({ version, verdict, rationale }) => [
    `recommended ${verdictName(verdict)} on version ${version}`,
    rationale,
  ],
  'opportunity.decided': ({ version, verdict, fastTrack, reason, ...data }) => [
    [
      `decided ${verdictName(verdict)} on version ${version}`,
      fastTrack ? 'by the fast track' : '',
      overrideWords(data.overrides, { verdict: verdict as Verdict, recommended: data.recommended }),
    ]
      .filter(Boolean)
      .join(', '),
    reason,
  ],
  'opportunity.declined': ({ reason }) => ['declined it before assessment: NO-GO', reason],
  'opportunity.held': ({ until, reason }) => [`put it on hold until ${formatDay(until)}`, reason],
  'opportunity.resumed': ({ to }) => `resumed it as ${workflowStatusNames[to]}`,
  'opportunity.reopened': ({ version, reason }) => [
    version ? `reopened it: version ${version} is open` : 'reopened it',
    reason,
  ],
  'opportunity.condition_met': ({ condition, note }) => [
    `noted that a condition is met: ${condition}`,
    note,
  ],
  'opportunity.refused': ({ intent, refusal, state }) => [
    `was refused to ${intent.replaceAll('-', ' ')}`,
    wordsOfRefusal(refusal, intent, state),
  ],
  'comment.added': ({ told }) =>
    told.length > 0 ? `wrote a comment and told ${listed(told)}` : 'wrote a comment',
  'evidence.added': ({ file, criterion }) =>
    `added the file ${file}${criterion ? ` to ${criterion}` : ''}`,
  'evidence.removed': ({ file, reason }) => [`removed the file ${file}`, reason],
  'evidence.refused': ({ file, reason }) => [`was refused to add the file ${file}`, reason],
  'scorecard.drafted': () => 'drafted the scorecard',
  'scorecard.saved': () => 'saved the draft of the scorecard',
  'scorecard.discarded': () => 'discarded the draft of the scorecard',
  'scorecard.published': ({ replaces }) =>
    replaces ? `published the scorecard in place of ${replaces}` : 'published the scorecard',
  'holiday.added': ({ day }) => `added the holiday ${formatDay(day)}`,
  'holiday.removed': ({ day }) => `removed the holiday ${formatDay(day)}`,
  'audit.exported': ({ rows, filter }) =>
    `exported ${rows} audit events${filter ? ` (${filter})` : ''}`,
};

/** An event in words, with the criteria it gives by code called by their names. One whose kind or data is not known any more is told by its name. */
export function eventWords(kind: string, data: unknown, criteria: CriterionNames = {}): EventWords {
  if (!isKind(kind)) return { text: kind.replaceAll(/[._]/g, ' '), quote: null };
  return say(kind, data, criteria) ?? { text: auditKindNames[kind].toLowerCase(), quote: null };
}

/** The move in the workflow an event tells of; null where it is none. */
export function moveOf(data: Record<string, unknown>): WorkflowStatus | null {
  const { from, to } = data;
  if (typeof to !== 'string' || !(to in workflowStatusNames) || from === to) return null;
  return to as WorkflowStatus;
}

function say<K extends AuditKind>(
  kind: K,
  data: unknown,
  criteria: CriterionNames,
): EventWords | null {
  const parsed = auditEvents[kind].safeParse(data);
  if (!parsed.success) return null;
  const said = sentences[kind](parsed.data as Data<K>, criteria);
  const [text, quote] = typeof said === 'string' ? [said, ''] : said;
  return { text, quote: quote.trim() || null };
}

function isKind(kind: string): kind is AuditKind {
  return Object.hasOwn(auditEvents, kind);
}

function wordsOfRefusal(refusal: string, intent: string, state: WorkflowStatus): string {
  const known = intents.find((each) => each === intent);
  return (known && refusalWords(refusal as Refusal, known, state)) ?? refusal;
}

function verdictName(verdict: string): string {
  const names: Record<string, string> = { ...workflowStatusNames, ...recommendationNames };
  return names[verdict] ?? verdict;
}

function fieldName(field: string): string {
  return staleFieldNames[field as StaleField] ?? field;
}
