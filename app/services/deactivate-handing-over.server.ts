import type { HandOver } from '#app/domain/hand-over-form.ts';
import { db } from '#app/lib/db.server.ts';
import { deactivatePerson, reasonToKeep } from './deactivate-person.server.ts';
import { handOverWork } from './hand-over.server.ts';
import type { PersonChange } from './person-change.server.ts';

export type HandingOverResult =
  | {
      ok: true;
      /** False where Ory has still to be told. */ closed: boolean;
      title: string;
      description?: string;
    }
  | { ok: false; message: string };

/**
 * Hands somebody's work over and then, where it is asked for, deactivates them. Nobody is deactivated while
 * something that was to be handed over could not be: that is said first, with what remains on the page.
 */
export async function deactivateHandingOver(
  change: PersonChange,
  chosen: HandOver,
  deactivate: boolean,
): Promise<HandingOverResult> {
  // Nothing is handed over for a deactivation that would be refused.
  const reason = deactivate ? await reasonToKeep(db, change) : null;
  if (reason) return reason;
  const handed = await handOverWork(change, chosen);
  if (!handed.ok) return handed;
  const pieces = handed.done === 1 ? '1 piece' : `${handed.done} pieces`;
  if (handed.refused.length > 0) {
    // Somebody faster may have carried out all of it.
    const meanwhile = deactivate ? await reasonToKeep(db, change) : null;
    if (meanwhile) return meanwhile;
    const said = deactivate ? ' Nobody was deactivated yet.' : '';
    const message = `${pieces} of work handed over, ${handed.refused.length} not: ${handed.refused.join(' ')}${said}`;
    return { ok: false, message };
  }
  if (!deactivate) return { ok: true, closed: true, title: `${pieces} of work handed over` };
  const result = await deactivatePerson(change);
  if (!result.ok) return result;
  const description = result.closed
    ? 'Their account in Ory is inactive and every session of theirs is ended.'
    : 'BQS refuses them from now on, but Ory is out of reach: their account there is still to be closed.';
  return { ok: true, closed: result.closed, title: `${result.name} is deactivated`, description };
}
