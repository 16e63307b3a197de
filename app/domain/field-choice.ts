import { sourceName, treatmentName, type FieldChoice } from './accept-fields-form.ts';
import type { MappedField } from './crm-fields.ts';
import { vanishedAttribute, type KnownAttribute } from './field-drift.ts';
import type { FieldErrors } from './typed-form.ts';

export interface ChoiceRefusal {
  status: 400 | 409;
  message: string;
  errors: FieldErrors;
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
  const described = (name: string) => known.some((one) => one.name === name && !one.vanished);
  const lost = choices.filter(({ source }) => source !== null && !described(source));
  if (lost.length === 0) return null;
  const errors = lost.map(({ field, source }) => [
    sourceName(field),
    `The CRM does not describe ${source}. Choose another attribute.`,
  ]);
  const message = 'An attribute that is to be read instead is not there either.';
  return { status: 400, message, errors: Object.fromEntries(errors) as FieldErrors };
}
