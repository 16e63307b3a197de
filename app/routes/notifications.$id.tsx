import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { requireViewer } from '#app/auth/guard.server.ts';
import { ownPath } from '#app/domain/own-path.ts';
import { db } from '#app/lib/db.server.ts';
import { markRead } from '#app/models/inbox.server.ts';

/**
 * Opens one of the viewer's own notices: marks it read and goes where it leads. A link, so that it can be
 * opened beside the list; to follow it twice, or unasked, does no harm.
 */
export async function loader(args: LoaderFunctionArgs) {
  // It writes, so no remembered session will do.
  const viewer = await requireViewer(args, { fresh: true });
  const id = args.params.id ?? '';
  const notice = /^\d{1,18}$/.test(id) ? await markRead(db, viewer.id, BigInt(id)) : null;
  if (notice) return redirect(ownPath(notice.path));
  throw new Response('There is no such notification among yours.', { status: 404 });
}

/** Never shown; without it the 404 would come without a page around it. */
export default function OpenNotification() {
  return null;
}
