import type { LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';
import { db } from '#app/lib/db.server.ts';
import { eventStream, shared } from '#app/lib/sse.server.ts';
import { syncSignal } from '#app/lib/sync-signal.ts';
import { getFreshness } from '#app/models/sync-log.server.ts';

const everyMs = 1000;

/** One question to the database a second for all streams of this process. */
const readSignal = shared(
  async () => JSON.stringify(syncSignal(await getFreshness(db))),
  everyMs - 50,
);

/** The state of the sync as server-sent events, for at most half a minute. */
export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'read:freshness');
  return eventStream({ signal: args.request.signal, read: readSignal, everyMs });
}
