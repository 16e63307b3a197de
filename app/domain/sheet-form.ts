import { mostInDraft, type Answer, type Sheet } from './assessment.ts';
import type { Criterion, Scorecard } from './scorecard.ts';
import { parseRating } from './scoring.ts';
import { groupDigits, withPlainLines } from './text-length.ts';

/** What the sheet's own buttons ask for. */
const sheetIntents = ['save', 'submit'] as const;
export type SheetIntent = (typeof sheetIntents)[number];

/** Names of a criterion's fields. */
export const sheetFields = {
  rating: (code: string) => `rating.${code}`,
  reason: (code: string) => `reason.${code}`,
  note: (code: string) => `note.${code}`,
};

const fieldName = /^(?:rating|reason|note)\.(.*)$/s;
const incomplete = 'The form is incomplete: load the page again.';

/** What was typed as far as it makes sense, and words by field name for what does not. */
export interface TypedSheet {
  sheet: Sheet;
  errors: Record<string, string>;
}

export type ParsedSheetForm = TypedSheet &
  (
    | { ok: true; intent: SheetIntent; draftId: string; revision: number }
    | { ok: false; message: string; revision: number | null }
  );

/**
 * Reads the posted form of a sheet. One mistake refuses the whole, so that nothing is kept that was not
 * meant; what was typed comes back to be shown again.
 */
export function parseSheetForm(card: Scorecard, posted: FormData): ParsedSheetForm {
  const typed = readSheet(card, posted);
  const draftId = draftIdOf(posted);
  const revision = /^\d{1,9}$/.exec(textOf(posted.get('revision')))?.[0];
  const known = revision === undefined ? null : Number(revision);
  const intent = sheetIntents.find((each) => each === posted.get('intent'));
  if (!intent) {
    return refuse(typed, known, 'That was not understood: nothing was saved.');
  }
  if (draftId === null || known === null) return refuse(typed, known, incomplete);
  const problems = Object.values(typed.errors);
  if (problems.length > 0) return refuse(typed, known, `Nothing was saved. ${problems.join(' ')}`);
  return { ok: true, ...typed, intent, draftId, revision: known };
}

/** The draft a form says it is about; null where it names none. */
export function draftIdOf(posted: FormData): string | null {
  return /^\d{1,18}$/.exec(textOf(posted.get('draftId')))?.[0] ?? null;
}

/** Reads what a form says of a sheet, whoever sends it: the browser asks it at every change too. */
export function readSheet(card: Scorecard, posted: FormData): TypedSheet {
  const errors: Record<string, string> = {};
  const answers = card.criteria.map((criterion) => answerOf(criterion, posted, errors));
  const summary = wordsOf(posted.get('summary'));
  const problem = problemOf(summary, 'The summary', mostInDraft.summary);
  if (problem) errors.summary = problem;
  for (const name of new Set(posted.keys())) {
    const code = fieldName.exec(name)?.[1];
    if (code === undefined || card.criteria.some((criterion) => criterion.code === code)) continue;
    errors[name] = `“${code.slice(0, 40)}” is no criterion of this scorecard.`;
  }
  return { sheet: { summary, answers }, errors };
}

function answerOf(criterion: Criterion, posted: FormData, errors: Record<string, string>): Answer {
  const { code, name } = criterion;
  const fields = {
    rating: sheetFields.rating(code),
    reason: sheetFields.reason(code),
    note: sheetFields.note(code),
  };
  const typed = textOf(posted.get(fields.rating));
  const halfSteps = parseRating(typed);
  if (!posted.has(fields.rating))
    errors[fields.rating] = `${name} is not in the form. ${incomplete}`;
  else if (halfSteps === undefined) {
    errors[fields.rating] =
      `${name}: “${typed.slice(0, 40)}” is no rating. Choose 0 to 5 by halves, or leave it unanswered.`;
  }
  const known = Object.values(criterion.reasons).flat();
  const chosen = [...new Set(posted.getAll(fields.reason).map(textOf))];
  const unknown = chosen.find((reason) => !known.includes(reason));
  if (unknown !== undefined) {
    errors[fields.reason] = `${name}: “${unknown.slice(0, 40)}” is not among its reasons.`;
  }
  const note = wordsOf(posted.get(fields.note));
  const problem = problemOf(note, `The note on ${name}`, mostInDraft.note);
  if (problem) errors[fields.note] = problem;
  const reasons = known.filter(
    (reason, at) => chosen.includes(reason) && known.indexOf(reason) === at,
  );
  return { criterion: code, halfSteps: halfSteps ?? null, reasons, note };
}

function problemOf(text: string, name: string, most: number): string | null {
  if (text.includes('\0')) return `${name} holds a character that cannot be kept.`;
  if (text.length <= most) return null;
  return `${name} has ${groupDigits(text.length)} characters; a draft keeps at most ${groupDigits(most)}.`;
}

function wordsOf(value: FormDataEntryValue | null): string {
  return withPlainLines(textOf(value));
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

function refuse(typed: TypedSheet, revision: number | null, message: string): ParsedSheetForm {
  return { ok: false, ...typed, revision, message };
}
