import { recordEvent } from '#app/models/audit-event.server.ts';
import { deleteDraft } from '#app/models/scorecard-draft.server.ts';
import {
  about,
  changeScorecards,
  findDraft,
  type ScorecardActing,
} from './change-scorecards.server.ts';

/** Throws a draft away. Nothing was ever filled in on it. */
export function discardScorecard(
  acting: ScorecardActing,
  { scorecardId, revision }: { scorecardId: string; revision: number },
) {
  return changeScorecards<{ name: string }>(acting, async (tx) => {
    const found = await findDraft(tx, scorecardId, revision);
    if (!found.ok) return found;
    const { draft } = found;
    await deleteDraft(tx, draft.id);
    await recordEvent(tx, { kind: 'scorecard.discarded', data: {}, ...about(acting, draft) });
    return { ok: true, name: draft.name };
  });
}
