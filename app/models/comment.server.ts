import type { Db } from '#app/lib/db.server.ts';

export interface CommentDraft {
  opportunityId: string;
  author: { id: string; name: string };
  body: string;
  /** users.id */
  mentions: string[];
  formKey: string;
}

/** Appends a comment. Returns its id. */
export async function appendComment(tx: Db, draft: CommentDraft): Promise<string> {
  const { opportunityId, author, ...rest } = draft;
  const { id } = await tx.comment.create({
    data: {
      ...rest,
      opportunityId: BigInt(opportunityId),
      authorId: author.id,
      authorName: author.name,
    },
    select: { id: true },
  });
  return String(id);
}

/** The comment a form has left already; null where it has left none. */
export async function findByForm(
  tx: Db,
  opportunityId: string,
  formKey: string,
): Promise<{ authorId: string | null; body: string } | null> {
  return tx.comment.findFirst({
    where: { opportunityId: BigInt(opportunityId), formKey },
    select: { authorId: true, body: true },
  });
}
