import type { Scorecard } from '#app/domain/scorecard.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { writeDraft } from '#app/models/scorecard-draft.server.ts';
import {
  about,
  changeScorecards,
  findDraft,
  type ScorecardActing,
} from './change-scorecards.server.ts';

export interface ScorecardSave {
  scorecardId: string;
  /** The revision the form was made on. */
  revision: number;
  name: string;
  definition: Scorecard;
}

/** Saves a draft whole. What says what is stored already is no change, and no event. */
export function saveScorecard(acting: ScorecardActing, save: ScorecardSave) {
  return changeScorecards<{ changed: boolean }>(acting, async (tx) => {
    const { scorecardId: id, revision, name, definition } = save;
    const found = await findDraft(tx, id, revision);
    if (!found.ok) return found;
    const { draft } = found;
    const same = JSON.stringify(draft.definition) === JSON.stringify(definition);
    if (same && draft.name === name) return { ok: true, changed: false };
    await writeDraft(tx, id, { name, definition });
    await recordEvent(tx, {
      kind: 'scorecard.saved',
      data: { revision: revision + 1 },
      ...about(acting, { id, name }),
    });
    return { ok: true, changed: true };
  });
}
