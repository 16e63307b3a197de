import type { Refusal } from '#app/domain/judge.ts';
import { refusalWords } from '#app/domain/refusal-words.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Intent } from '#app/domain/transitions.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import type { Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { lastAct, type LastAct } from '#app/models/last-act.server.ts';
import type { Standpoint } from '#app/models/qualification.server.ts';

export interface Refused {
  ok: false;
  refusal: Refusal | 'changed' | 'invalid';
  status: 400 | 403 | 404 | 409;
  message: string;
  /** The last thing done to the opportunity, where somebody was faster. */
  since: LastAct | null;
}

/** Refuses because somebody was faster, and says what they did. */
export async function overtaken(
  tx: Db,
  opportunityId: string,
  viewerId?: string,
): Promise<Refused> {
  const since = await lastAct(tx, opportunityId);
  const who = since ? `${since.actor}: ${since.what.toLowerCase()}.` : 'It is not as you saw it.';
  const message =
    since && since.actorId === viewerId
      ? `You have acted on it since this page was loaded: ${since.what.toLowerCase()}. This was not saved; look at the page as it is now.`
      : `Somebody was faster. ${who} Nothing of yours was saved; look at the page as it is now.`;
  return { ok: false, refusal: 'changed', status: 409, message, since };
}

/** Refuses because the CRM's amount is no longer the one by which the session was found good enough. */
export function revalued(): Refused {
  const message =
    'Its value in the CRM changed while this was sent. Nothing was saved; look at the value as it is now, then send this again.';
  return { ok: false, refusal: 'changed', status: 409, message, since: null };
}

/** Refuses for what was typed. */
export function invalid(message: string): Refused {
  return { ok: false, refusal: 'invalid', status: 400, message, since: null };
}

/** Refuses for what the transition table says. */
export function refused(refusal: Refusal, intent: Intent, status: WorkflowStatus): Refused {
  const message = refusalWords(refusal, intent, status);
  const code = refusal === 'not-found' ? 404 : oversteps(refusal) ? 403 : 409;
  return { ok: false, refusal, status: code, message, since: null };
}

const overstepping: ReadonlySet<Refusal> = new Set<Refusal>([
  ...(['not-allowed', 'own-assessment', 'own-recommendation'] as const),
  ...(['absent-assessment', 'absent-recommendation'] as const),
]);

function oversteps(refusal: Refusal): boolean {
  return overstepping.has(refusal);
}

/** Whether a refusal only says that the page was old, which is better told as who changed what. */
export function isOutOfDate(refusal: Refusal): boolean {
  return refusal !== 'not-found' && !oversteps(refusal);
}

/** Puts on the record that somebody tried what their roles do not allow; other refusals are nobody's fault. */
export async function auditRefusal(
  tx: Db,
  attempt: {
    acting: { requestId?: string };
    viewer: Viewer;
    opportunity: Standpoint;
    intent: Intent;
    refusal: Refusal;
  },
): Promise<void> {
  const { acting, viewer, opportunity, intent, refusal } = attempt;
  if (refusal !== 'not-found' && !oversteps(refusal)) return;
  await recordEvent(tx, {
    kind: 'opportunity.refused',
    actor: viewer,
    subject: { type: 'opportunity', id: opportunity.id, name: opportunity.name },
    data: { intent, state: opportunity.status, refusal },
    requestId: acting.requestId,
  });
}
