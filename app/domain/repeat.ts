import type { AuditKind } from './audit.ts';
import type { QualificationForm } from './qualification-form.ts';

/** The event each form leaves. */
const kinds: Record<QualificationForm['intent'], AuditKind> = {
  assign: 'opportunity.assigned',
  start: 'opportunity.assessment_started',
  'still-holds': 'opportunity.assessment_confirmed',
  renew: 'opportunity.assessment_renewed',
  return: 'opportunity.returned',
  recommend: 'opportunity.recommended',
  decide: 'opportunity.decided',
  decline: 'opportunity.declined',
  hold: 'opportunity.held',
  resume: 'opportunity.resumed',
  reopen: 'opportunity.reopened',
};

/** The last thing done to an opportunity as it is on record, and the revision it led to. */
export interface RecordedAct {
  kind: string;
  actorId: string | null;
  data: Readonly<Record<string, unknown>>;
  revision: number;
}

/**
 * Whether a form was carried out already and now comes a second time, as from a double click: the last act is
 * the same person's, made on the same revision, and says the same.
 */
export function isRepeat(form: QualificationForm, actorId: string, last: RecordedAct): boolean {
  if (last.actorId !== actorId || last.kind !== kinds[form.intent]) return false;
  if (last.revision !== form.revision + 1) return false;
  return Object.entries(form).every(
    ([name, value]) => !(name in last.data) || isSame(last.data[name], value),
  );
}

function isSame(said: unknown, saidAgain: unknown): boolean {
  return canonical(said) === canonical(saidAgain);
}

/** The database keeps the parts of a value in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort())
      : part,
  );
}
