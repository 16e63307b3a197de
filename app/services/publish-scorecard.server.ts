import { recordEvent } from '#app/models/audit-event.server.ts';
import { lastAct } from '#app/models/last-act.server.ts';
import { replacePublished } from '#app/models/scorecard-draft.server.ts';
import { publishedScorecard } from '#app/models/scorecard.server.ts';
import {
  about,
  changeScorecards,
  findDraft,
  type ScorecardActing,
} from './change-scorecards.server.ts';

export interface Publication {
  scorecardId: string;
  /** The revision that was looked at. */
  revision: number;
  /** The scorecard that was in force then, and is to be retired. */
  inForceId: string;
}

/**
 * Puts a draft in force and retires the one before. Assessments begun on that one keep it. Refused where
 * the draft or what is in force is no longer what the page showed.
 */
export function publishScorecard(acting: ScorecardActing, publication: Publication) {
  return changeScorecards<{ name: string; replaces: string }>(acting, async (tx) => {
    const { scorecardId, revision, inForceId } = publication;
    const found = await findDraft(tx, scorecardId, revision);
    if (!found.ok) return found;
    const { draft } = found;
    const old = await publishedScorecard(tx);
    if (old.id !== inForceId) {
      const since = await lastAct(tx, old.id, 'scorecard');
      const message = `${since?.actor ?? 'Somebody'} published “${old.name}” since you opened this page. Nothing was published; look at what it changes now.`;
      return { ok: false, refusal: 'overtaken', status: 409, message };
    }
    await replacePublished(tx, { old: old.id, next: draft.id, by: acting.actor.id });
    await recordEvent(tx, {
      kind: 'scorecard.published',
      data: { replaces: old.name },
      ...about(acting, draft),
    });
    return { ok: true, name: draft.name, replaces: old.name };
  });
}
