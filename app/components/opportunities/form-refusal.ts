import type { FieldErrors, Typed } from '#app/domain/typed-form.ts';
import type { LastAct } from '#app/models/last-act.server.ts';

/** Why a form on the page of an opportunity was refused, with all that was typed into it. */
export interface FormRefusal {
  intent: string;
  message: string;
  errors: FieldErrors;
  typed: Typed;
  /** Who was faster, where somebody was. */
  since: LastAct | null;
}
