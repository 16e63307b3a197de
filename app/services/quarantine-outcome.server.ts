import type { QuarantineChoice } from '#app/domain/quarantine-form.ts';
import { causeNameOf, type GroupKey } from '#app/models/sync-quarantine.server.ts';

/** Who does something with records of one group, and with which. */
export interface QuarantineAct {
  actor: { id: string; name: string };
  group: GroupKey;
  choice: QuarantineChoice;
  requestId?: string;
}

/** What the audit says was acted on. */
export function subjectOf({ cause, field }: GroupKey) {
  return {
    type: 'quarantine' as const,
    id: `${cause} ${field ?? ''}`.trim(),
    name: [causeNameOf(cause), field].filter(Boolean).join(', '),
  };
}

export interface Refused {
  ok: false;
  status: 400 | 403 | 409;
  message: string;
  /** The field of the form that is wrong. */
  at?: string;
}

export function refuse(status: Refused['status'], message: string, at?: string): Refused {
  return { ok: false, status, message, ...(at && { at }) };
}

export const notAllowed = refuse(
  403,
  'Your own roles have changed: you may not settle what is in quarantine any more.',
);

/** Why what was chosen cannot be taken as it was chosen; null where it can. */
export function refusalOf(choice: QuarantineChoice, found: number): Refused | null {
  const missing = choice.of === 'group' ? 0 : choice.ids.length - found;
  if (found === 0) {
    const words =
      'None of this is in quarantine any more: somebody was faster, or a sync applied it.';
    return refuse(409, words);
  }
  if (missing === 0) return null;
  const which = missing === 1 ? 'One of the records is' : `${missing} of the records are`;
  return refuse(
    409,
    `${which} not in quarantine here any more, so nothing was done. Look at what is left and choose again.`,
  );
}
