import { recordEvent } from '#app/models/audit-event.server.ts';
import { createDraft } from '#app/models/scorecard-draft.server.ts';
import { readScorecard } from '#app/models/scorecard-list.server.ts';
import { about, changeScorecards, type ScorecardActing } from './change-scorecards.server.ts';

/** Begins a draft that asks what another scorecard asks, in force, retired or a draft itself. */
export function draftScorecard(acting: ScorecardActing, basedOnId: string) {
  return changeScorecards<{ id: string; name: string }>(acting, async (tx) => {
    const basis = await readScorecard(tx, basedOnId);
    if (!basis) {
      const message = 'There is no such scorecard to begin from. Nothing was changed.';
      return { ok: false, refusal: 'not-found', status: 404, message };
    }
    const name = `Copy of ${basis.name}`.slice(0, 80).replace(/[\ud800-\udbff]$/, '');
    const { definition } = basis;
    const id = await createDraft(tx, { name, definition, basedOnId, by: acting.actor });
    await recordEvent(tx, {
      kind: 'scorecard.drafted',
      data: {},
      ...about(acting, { id, name }),
    });
    return { ok: true, id, name };
  });
}
