import type { Sheet } from '#app/domain/assessment.ts';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { sameSheet } from '#app/domain/sheet-difference.ts';
import { draftIdOf, parseSheetForm, type ParsedSheetForm } from '#app/domain/sheet-form.ts';
import { db } from '#app/lib/db.server.ts';
import { findAssessment } from '#app/models/assessment-record.server.ts';
import type { AssessmentVersion } from '#app/models/assessment.server.ts';
import type { Acting } from './qualify.server.ts';
import type { Refused } from './refuse.server.ts';
import { saveAssessment } from './save-assessment.server.ts';
import { submitAssessment } from './submit-assessment.server.ts';

type By = Omit<Acting, 'revision'>;
type Posted = Extract<ParsedSheetForm, { ok: true }>;

/** A draft as it is stored, for whoever typed on an older one. */
export interface StoredSheet {
  sheet: Sheet;
  revision: number;
  savedAt: Date;
  by: string;
}

export interface RefusedSheet {
  ok: false;
  status: number;
  message: string;
  /** Words by field name. */
  errors: Record<string, string>;
  /** What was typed, with the scorecard it was typed on; null where the form names no sheet. */
  typed: { sheet: Sheet; card: Scorecard; revision: number | null } | null;
  /** The draft as it is now, where somebody else saved it in between. */
  now: StoredSheet | null;
}

export type SheetOutcome =
  | { ok: true; kind: 'saved'; message: string; revision: number; savedAt: Date }
  | { ok: true; kind: 'submitted'; message: string; version: number }
  | RefusedSheet;

/** Saves or submits a posted sheet. Sent twice it is done once, and both are told so. */
export async function actOnSheet(by: By, posted: FormData): Promise<SheetOutcome> {
  const id = draftIdOf(posted);
  const named = id === null ? null : await findAssessment(db, by.opportunityId, id);
  if (!named) {
    const message = 'The form is incomplete, so nothing was saved: load the page again.';
    return { ok: false, status: 400, message, errors: {}, typed: null, now: null };
  }
  const form = parseSheetForm(named.scorecard.definition, posted);
  const typed = { sheet: form.sheet, card: named.scorecard.definition, revision: form.revision };
  if (!form.ok) {
    return { ok: false, status: 400, message: form.message, errors: form.errors, typed, now: null };
  }
  const outcome = await carryOut(by, form, named.version);
  if (outcome.ok) return outcome;
  const stored = await findAssessment(db, by.opportunityId, form.draftId);
  const repeated = stored && (await sentTwice(by, form, stored, outcome));
  if (repeated?.ok) return repeated;
  const { status, message, refusal } = repeated ?? outcome;
  const now = stored?.status === 'DRAFT' && refusal === 'changed' ? storedOf(stored) : null;
  return { ok: false, status, message, errors: {}, typed, now };
}

async function carryOut(
  by: By,
  { intent, draftId, revision, sheet }: Posted,
  version: number,
): Promise<Exclude<SheetOutcome, RefusedSheet> | Refused> {
  const input = { draftId, revision, sheet };
  if (intent === 'submit') {
    const outcome = await submitAssessment(by, input);
    if (!outcome.ok) return outcome;
    return { ok: true, kind: 'submitted', message: outcome.message, version };
  }
  const outcome = await saveAssessment(by, input);
  if (!outcome.ok) return outcome;
  const { message, revision: next, savedAt } = outcome;
  return { ok: true, kind: 'saved', message, revision: next, savedAt };
}

/**
 * A refusal is none where what is stored is what was sent: by a second click, or by a save of the same
 * words that came in just before. What is refused even so is refused for a reason of its own.
 */
async function sentTwice(
  by: By,
  form: Posted,
  stored: AssessmentVersion,
  { refusal }: Refused,
): Promise<Exclude<SheetOutcome, RefusedSheet> | Refused | null> {
  if (stored.assessorId !== by.actorId || !sameSheet(stored, form.sheet)) return null;
  const { version, revision, savedAt } = stored;
  if (stored.status === 'SUBMITTED' && form.intent === 'submit') {
    return {
      ok: true,
      kind: 'submitted',
      message: 'The assessment is submitted already.',
      version,
    };
  }
  if (stored.status !== 'DRAFT' || refusal !== 'changed') return null;
  if (form.intent === 'save') {
    return { ok: true, kind: 'saved', message: 'The draft is saved already.', revision, savedAt };
  }
  return carryOut(by, { ...form, revision }, version);
}

function storedOf({ summary, answers, revision, savedAt, assessorName }: AssessmentVersion) {
  return { sheet: { summary, answers }, revision, savedAt, by: assessorName };
}
