import { db, type Db } from '#app/lib/db.server.ts';
import { lastAct } from '#app/models/last-act.server.ts';
import { lockScorecards } from '#app/models/scorecard-draft.server.ts';
import { readScorecard, type StoredScorecard } from '#app/models/scorecard-list.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';

/** Who changes the scorecards. */
export interface ScorecardActing {
  actor: { id: string; name: string };
  requestId?: string;
}

export interface ScorecardRefusal {
  ok: false;
  refusal: 'not-allowed' | 'not-found' | 'not-a-draft' | 'changed' | 'overtaken';
  status: 403 | 404 | 409;
  message: string;
  /** The revision that stands now, where the one named is older. */
  current?: number;
}

export type ScorecardOutcome<T> = ({ ok: true } & T) | ScorecardRefusal;

/**
 * Runs one change of the scorecards in one transaction, one at a time. Whether the actor may is read
 * inside it: a manager who lost the role a moment ago is refused.
 */
export function changeScorecards<T>(
  { actor }: ScorecardActing,
  change: (tx: Db) => Promise<ScorecardOutcome<T>>,
): Promise<ScorecardOutcome<T>> {
  return db.$transaction(async (tx) => {
    await lockScorecards(tx);
    if (await stillHolds(tx, actor.id, 'manage:scorecards')) return change(tx);
    const message = 'Your roles no longer let you change scorecards. Nothing was changed.';
    return { ok: false, refusal: 'not-allowed', status: 403, message };
  });
}

/** The draft as it stands, if it is still a draft and of the revision the form was made on. */
export async function findDraft(
  tx: Db,
  id: string,
  revision: number,
): Promise<ScorecardOutcome<{ draft: StoredScorecard }>> {
  const draft = await readScorecard(tx, id);
  if (!draft) {
    const message = 'There is no such scorecard any more: its draft was discarded.';
    return { ok: false, refusal: 'not-found', status: 404, message };
  }
  if (draft.status !== 'DRAFT') {
    const message = `“${draft.name}” has been published and never changes. Begin a new draft from it.`;
    return { ok: false, refusal: 'not-a-draft', status: 409, message };
  }
  if (draft.revision === revision) return { ok: true, draft };
  const since = await lastAct(tx, id, 'scorecard');
  const who = since ? `${since.actor} saved this draft` : 'This draft was saved';
  const message = `${who} since you opened it. Nothing of yours was saved.`;
  return { ok: false, refusal: 'changed', status: 409, message, current: draft.revision };
}

/** What every audit event of a scorecard says. */
export function about(
  { actor, requestId }: ScorecardActing,
  { id, name }: { id: string; name: string },
) {
  return { actor, subject: { type: 'scorecard' as const, id, name }, requestId };
}
