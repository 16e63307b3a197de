import type { Intent } from '#app/domain/transitions.ts';
import type { FieldErrors, Typed } from '#app/domain/typed-form.ts';

/** What a form of the qualification was made on. */
export interface FormFacts {
  revision: number;
  /** The latest submitted assessment, for the intents that speak of it. */
  assessmentId?: string | null;
}

/** What all the fields of the qualification take. `typed` and `errors` are of a form that was refused. */
export interface QualificationFieldsProps {
  facts: FormFacts;
  typed?: Typed;
  errors?: FieldErrors;
  /** The path of ours to go on to afterwards; absent: the opportunity's page. */
  returnTo?: string;
}

/** What a form carries besides what people type. */
export function HiddenFacts({
  intent,
  facts: { revision, assessmentId },
  returnTo,
}: { intent: Intent } & Pick<QualificationFieldsProps, 'facts' | 'returnTo'>) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="revision" value={revision} />
      {assessmentId ? <input type="hidden" name="assessmentId" value={assessmentId} /> : null}
      {returnTo ? <input type="hidden" name="return_to" value={returnTo} /> : null}
    </>
  );
}
