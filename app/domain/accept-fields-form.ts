import { isReadable } from './readable.ts';
import { typedValue, type FieldErrors, type Typed } from './typed-form.ts';

/** How to go on without one attribute. */
export interface FieldChoice {
  field: string;
  treatment: 'LEAVE_EMPTY' | 'READ_FROM';
  /** READ_FROM: the attribute read in its place. */
  source: string | null;
  /** READ_FROM: whether its values were looked at; a tick is for one source and for no other. */
  looked: boolean;
}

export interface AcceptFieldsForm {
  runId: string;
  choices: FieldChoice[];
  reason: string;
}

export const longestReason = 1000;

/** The names of the controls that belong to one attribute. */
export const treatmentName = (field: string) => `treatment.${field}`;
export const sourceName = (field: string) => `source.${field}`;
export const lookedName = (field: string) => `looked.${field}`;

/** Reads what the form about vanished fields says; errors stand under the names of its controls. */
export function parseAcceptFields(
  typed: Typed,
): { ok: true; form: AcceptFieldsForm } | { ok: false; errors: FieldErrors } {
  const errors: Record<string, string> = {};
  const fields = [...new Set(typed.field ?? [])];
  const choices = fields.map((field): FieldChoice => {
    const treatment = typedValue(typed, treatmentName(field));
    const source = typedValue(typed, sourceName(field));
    if (treatment === 'LEAVE_EMPTY') return { field, treatment, source: null, looked: false };
    if (treatment !== 'READ_FROM') errors[treatmentName(field)] = 'Choose what is to become of it.';
    else if (source === '') errors[sourceName(field)] = 'Choose the field to read instead.';
    const looked = source !== '' && typedValue(typed, lookedName(field)) === source;
    return { field, treatment: 'READ_FROM', source, looked };
  });
  const reason = typedValue(typed, 'reason').trim();
  const wrong = whyNoReason(reason);
  if (wrong) errors.reason = wrong;
  const runId = typedValue(typed, 'run');
  if (!/^\d{1,18}$/.test(runId) || fields.length === 0) errors.form = 'This form names no fields.';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, form: { runId, choices, reason } };
}

/** Reads what the same form says where the held run is to be dropped. `runId` is null where it names none. */
export function parseDropHeld(
  typed: Typed,
):
  | { ok: true; form: { runId: string | null; reason: string } }
  | { ok: false; errors: FieldErrors } {
  const reason = typedValue(typed, 'reason').trim();
  const wrong = whyNoReason(reason);
  if (wrong) return { ok: false, errors: { reason: wrong } };
  const runId = typedValue(typed, 'run');
  return { ok: true, form: { runId: /^\d{1,18}$/.test(runId) ? runId : null, reason } };
}

function whyNoReason(reason: string): string | null {
  if (!isReadable(reason)) return 'Say why, for those who read it later.';
  return reason.length > longestReason ? `A reason has at most ${longestReason} characters.` : null;
}
