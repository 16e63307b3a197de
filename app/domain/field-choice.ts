import { lookedName, sourceName, treatmentName, type FieldChoice } from './accept-fields-form.ts';
import type { MappedField } from './crm-fields.ts';
import { vanishedAttribute, type KnownAttribute } from './field-drift.ts';
import { whyUnfit } from './stand-in.ts';
import type { FieldErrors } from './typed-form.ts';

export interface ChoiceRefusal {
  status: 400 | 409;
  message: string;
  errors: FieldErrors;
  /** Whether all is well but that nobody has looked at the values to be read. */
  unseen?: boolean;
}

/** Why the sync cannot go on as was chosen; null where it can. `unfed` are the columns that wait. */
export function refuseChoices(
  choices: readonly FieldChoice[],
  unfed: readonly MappedField[],
  known: readonly KnownAttribute[],
): ChoiceRefusal | null {
  const waiting = unfed.map((field) => vanishedAttribute(field, known)).sort();
  if (
    waiting.join() !==
    choices
      .map(({ field }) => field)
      .sort()
      .join()
  ) {
    const message =
      'The fields that vanished are others by now. Look at them again; nothing was changed.';
    return { status: 409, message, errors: {} };
  }
  const vital = unfed.find(({ dispensable }) => !dispensable);
  if (vital) {
    const name = vanishedAttribute(vital, known);
    const words = `Nothing can stand for ${name}: it says which opportunity a record is.`;
    return { status: 400, message: words, errors: { [treatmentName(name)]: words } };
  }
  return refuseSources(choices, known) ?? refuseUnseen(choices);
}

function refuseSources(
  choices: readonly FieldChoice[],
  known: readonly KnownAttribute[],
): ChoiceRefusal | null {
  const errors: Record<string, string> = {};
  for (const { field, source } of choices) {
    if (source === null) continue;
    const there = known.find(({ name, vanished }) => name === source && !vanished);
    const unfit = there ? whyUnfit(there) : 'is not in the CRM’s list of fields';
    if (unfit) errors[sourceName(field)] = `${source} ${unfit}. Choose another field.`;
  }
  if (Object.keys(errors).length === 0) return null;
  const message = 'What is to be read instead cannot be. Nothing was changed.';
  return { status: 400, message, errors };
}

/** A whole column is written anew by such a choice, so nobody makes it by the name of a field alone. */
function refuseUnseen(choices: readonly FieldChoice[]): ChoiceRefusal | null {
  const unseen = choices.filter(({ treatment, looked }) => treatment === 'READ_FROM' && !looked);
  if (unseen.length === 0) return null;
  const errors = unseen.map(({ field }) => [
    lookedName(field),
    'Look at the values, then tick this.',
  ]);
  const message = 'The values have not been looked at. Nothing was changed.';
  return { status: 400, message, errors: Object.fromEntries(errors) as FieldErrors, unseen: true };
}
