import type { ActionFunctionArgs } from '@remix-run/node';
import { allowMethods } from '#app/lib/problem.server.ts';
import type { Circuit } from '#app/domain/circuit.ts';
import type { Freshness } from '#app/domain/freshness.ts';
import { db } from '#app/lib/db.server.ts';
import { within } from '#app/lib/readiness.server.ts';
import { getCircuit, triesAgain } from '#app/models/sync-circuit.server.ts';
import { getFreshness } from '#app/models/sync-log.server.ts';

const words: Record<Freshness['state'], string> = {
  'on-time': 'The CRM data is fresh.',
  never: 'No sync has succeeded yet.',
  late: 'A sync is overdue.',
  failed: 'The last sync failed.',
  held: 'A sync is held for a person to review.',
};

const nothing = { lastGood: null, note: null };

/** 200 while the CRM data is fresh, else 503: for a monitor that only looks at the status. */
export async function loader() {
  const known = await within('sync', Promise.all([getFreshness(db), getCircuit(db)]));
  if (!known) return answer('unknown', 'The database is out of reach.', nothing, null);
  const [freshness, circuit] = known.answer;
  return answer(freshness.state, detailOf(freshness), freshness, circuit);
}

/** That the data is fresh is not said of a sync that was held and closed: its age is. */
function detailOf({ state, note, lastGood, failedSince }: Freshness): string {
  if (failedSince !== null) return `${words[state]} The last one since then failed.`;
  if (!note) return words[state];
  if (state !== 'on-time') return `${note} ${words[state]}`;
  return `${note} The CRM data is as of ${lastGood?.toISOString()}.`;
}

function answer(
  status: string,
  detail: string,
  known: Pick<Freshness, 'lastGood' | 'note'>,
  circuit: Circuit | null,
) {
  const { lastGood, note } = known;
  const body = {
    status,
    detail,
    last_good: lastGood?.toISOString() ?? null,
    note,
    circuit: circuit && {
      state: circuit.state,
      since: circuit.state === 'closed' ? null : circuit.since.toISOString(),
      tries_again: triesAgain(circuit)?.toISOString() ?? null,
    },
  };
  return Response.json(body, { status: status === 'on-time' ? 200 : 503 });
}

/** Health is read, never changed. */
export function action({ request }: ActionFunctionArgs) {
  allowMethods(request, 'GET', 'HEAD');
}
