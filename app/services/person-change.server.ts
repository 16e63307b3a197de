import { personRefusalWords, type PersonRefusal } from '#app/domain/person-state.ts';

/** Who changes how somebody stands in BQS. */
export interface PersonChange {
  actor: { id: string; name: string };
  userId: string;
  requestId?: string;
}

export interface PersonRefused {
  ok: false;
  /** `outage` where Ory did not answer, so that nothing was changed. */
  reason: PersonRefusal | 'outage';
  message: string;
}

export function personRefused(reason: PersonRefused['reason']): PersonRefused {
  const message =
    reason === 'outage'
      ? 'Ory is out of reach at the moment, so nothing was changed. Try again shortly.'
      : personRefusalWords[reason];
  return { ok: false, reason, message };
}
