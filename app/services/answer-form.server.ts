import { parseCommentForm } from '#app/domain/comment.ts';
import { parseConditionForm } from '#app/domain/condition-form.ts';
import { parseQualificationForm } from '#app/domain/qualification-form.ts';
import { isRepeat } from '#app/domain/repeat.ts';
import { db } from '#app/lib/db.server.ts';
import { lastRecordedAct, type LastAct } from '#app/models/last-act.server.ts';
import { actOnOpportunity } from './act-on-opportunity.server.ts';
import { commentOnOpportunity } from './comment-on-opportunity.server.ts';
import { meetCondition } from './meet-condition.server.ts';
import type { Acting } from './qualify.server.ts';

export type FormAnswer =
  | { ok: true; message: string }
  | {
      ok: false;
      status: 400 | 403 | 404 | 409;
      message: string;
      /** Words by field name. */
      errors: Record<string, string>;
      /** The last thing done to the opportunity, where somebody was faster. */
      since: LastAct | null;
    };

type By = Omit<Acting, 'revision'>;

/** Does what a form on the page of an opportunity asks for. */
export async function answerForm(by: By, posted: FormData): Promise<FormAnswer> {
  switch (posted.get('intent')) {
    case 'comment': {
      const parsed = parseCommentForm(posted);
      if (!parsed.ok) return refuse(400, parsed.message, { body: parsed.message });
      const outcome = await commentOnOpportunity(by, parsed.form);
      return outcome.ok ? outcome : refuse(outcome.status, outcome.message);
    }
    case 'meet-condition': {
      const parsed = parseConditionForm(posted);
      if (!parsed.ok) return refuse(400, parsed.message);
      const outcome = await meetCondition(by, parsed.form);
      return outcome.ok ? outcome : refuse(outcome.status, outcome.message);
    }
    default:
      return qualifyBy(by, posted);
  }
}

/** A form that was carried out already, as by a double click, is answered like the first time. */
async function qualifyBy(by: By, posted: FormData): Promise<FormAnswer> {
  const parsed = parseQualificationForm(posted);
  if (!parsed.ok) return refuse(400, parsed.message, parsed.errors);
  const outcome = await actOnOpportunity(by, parsed.form);
  if (outcome.ok) return { ok: true, message: outcome.message };
  if (outcome.refusal === 'changed') {
    const last = await lastRecordedAct(db, by.opportunityId);
    if (last && isRepeat(parsed.form, by.actorId, last)) {
      return { ok: true, message: 'This is on record already.' };
    }
  }
  return { ...refuse(outcome.status, outcome.message), since: outcome.since };
}

function refuse(
  status: 400 | 403 | 404 | 409,
  message: string,
  errors: Record<string, string> = {},
) {
  return { ok: false as const, status, message, errors, since: null };
}
