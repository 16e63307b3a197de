import type { CommentForm } from '#app/domain/comment.ts';
import { sign } from '#app/domain/mandate.ts';
import { mandateFor } from '#app/domain/permissions.ts';
import { noSuchOpportunity } from '#app/domain/refusal-words.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { appendComment, findByForm } from '#app/models/comment.server.ts';
import { notify } from '#app/models/notification.server.ts';
import type { Standpoint } from '#app/models/qualification.server.ts';
import { listReaders } from '#app/models/reader.server.ts';
import { enterOpportunity, type ActingOn } from './enter-opportunity.server.ts';

export type CommentOutcome =
  { ok: true; message: string } | { ok: false; status: 400 | 404; message: string };

/**
 * Appends a comment and tells whom it mentions, all in one transaction. Only who may read the opportunity
 * can be mentioned. A form that is sent twice leaves one comment.
 */
export async function commentOnOpportunity(
  by: ActingOn,
  form: CommentForm,
): Promise<CommentOutcome> {
  return db.$transaction(
    async (tx) => {
      const entered = await enterOpportunity(tx, by, 'comment:opportunity');
      if (!entered) return refuse(404, noSuchOpportunity);
      const { viewer, opportunity } = entered;
      const before = await findByForm(tx, opportunity.id, form.formKey);
      if (before) return answerAgain(before, viewer, form);
      const readers = await listReaders(tx, opportunity);
      const told = form.mentions.map((id) => readers.find((reader) => reader.id === id));
      if (!told.every((person) => person !== undefined)) {
        const words =
          'Somebody you chose to tell may not see this opportunity, so nothing was saved. Choose among the people listed.';
        return refuse(400, words);
      }
      await write(tx, { viewer, opportunity, form, told, requestId: by.requestId });
      return { ok: true, message: 'The comment is saved.' };
    },
    { maxWait: 20_000, timeout: 20_000 },
  );
}

async function write(
  tx: Db,
  written: {
    viewer: Viewer;
    opportunity: Standpoint;
    form: CommentForm;
    told: Viewer[];
    requestId?: string;
  },
) {
  const { viewer, opportunity, form, told, requestId } = written;
  const author = sign(viewer, mandateFor(viewer, 'comment:opportunity', opportunity));
  const commentId = await appendComment(tx, {
    ...form,
    opportunityId: opportunity.id,
    author,
  });
  await recordEvent(tx, {
    kind: 'comment.added',
    actor: author,
    subject: { type: 'opportunity', id: opportunity.id, name: opportunity.name },
    data: { commentId, told: told.map(({ name }) => name) },
    requestId,
  });
  const others = told.map(({ id }) => id).filter((id) => id !== viewer.id);
  await notify(tx, others, {
    topic: 'mention',
    title: `${author.name} mentioned you on “${opportunity.name ?? 'an opportunity'}”`,
    body: form.body,
    path: `${opportunityPath(opportunity)}#comment-${commentId}`,
    opportunityId: opportunity.id,
  });
}

/** The same form again is answered as the first time; with other words in it, it is refused. */
function answerAgain(
  before: { authorId: string | null; body: string },
  viewer: Viewer,
  form: CommentForm,
): CommentOutcome {
  if (before.authorId === viewer.id && before.body === form.body) {
    return { ok: true, message: 'The comment is saved.' };
  }
  return refuse(400, 'This form has been sent before. Send what you typed as a new comment.');
}

function refuse(status: 400 | 404, message: string): CommentOutcome {
  return { ok: false, status, message };
}
