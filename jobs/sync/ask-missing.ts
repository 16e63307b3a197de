import { confirmAfterMs, mostAsked, verdictOf, type KeyAnswer } from '#app/domain/gone.ts';
import { markGone } from '#app/models/gone-mark.server.ts';
import type { SentRecord } from '#jobs/oracle/json.ts';
import { namesARecord } from '#jobs/oracle/query.ts';
import { applyAnswer } from './apply-single.ts';
import { askEach, writeAnswer } from './ask-each.ts';
import { controlOf } from './control.ts';
import { queryOf } from './query.ts';
import type { Work } from './work.ts';

interface Missing {
  opportunity_id: string;
  remote_id: string;
  remote_number: string | null;
  first_not_found_at: Date | null;
  now: Date;
}

/** Asks for what sweeps did not see. Answers whether the CRM can be asked for more. */
export async function askMissing(work: Work): Promise<boolean> {
  const missing = await dueMissing(work);
  if (missing.length === 0) return true;
  const isTrusted = controlOf(work);
  const ask = async (one: Missing) => {
    const { remote_id: id, remote_number: remoteNumber } = one;
    const key = { remoteId: BigInt(id), remoteNumber };
    const record = await work.parts.client.record(key, work.signal);
    const trusted = record !== null || (await isTrusted(namesARecord(remoteNumber)));
    const answer = record ? 'found' : trusted ? 'not-found' : 'unclear';
    await act(work, one, answer, record);
  };
  return askEach(work, missing, ask, (one) => noteChecked(work, one));
}

async function dueMissing({ connections }: Work): Promise<Missing[]> {
  const { rows } = await connections[0]!.query<Missing>(
    `SELECT m.opportunity_id, o.remote_id, o.remote_number, m.first_not_found_at, now() AS now
     FROM missing_opportunities m JOIN opportunities o ON o.id = m.opportunity_id
     WHERE o.gone_since IS NULL AND (m.checked_at IS NULL
       OR least(m.checked_at, m.first_not_found_at) <= now() - make_interval(secs => $1))
     ORDER BY coalesce(m.checked_at, m.missed_at), m.opportunity_id LIMIT $2`,
    [confirmAfterMs / 1000, mostAsked.missing],
  );
  return rows;
}

async function act(work: Work, one: Missing, answer: KeyAnswer, record: SentRecord | null) {
  const { run, parts } = work;
  const client = work.connections[0]!;
  switch (verdictOf(one.first_not_found_at, answer, one.now)) {
    case 'there':
      return writeAnswer(work, () => applyAnswer(client, run, parts.map(record!)));
    case 'missed-once':
    case 'wait':
      return noteChecked(work, one, true);
    case 'gone':
      return writeAnswer(work, async () => ({
        removed: await markGone(queryOf(client), [one.opportunity_id], run.id),
      }));
    case 'undecided':
  }
}

/** It waits a day before it is asked for again; not found, that day counts. */
async function noteChecked(work: Work, one: Missing, notFound = false): Promise<void> {
  await writeAnswer(work, async () => {
    await work.connections[0]!.query(
      `UPDATE missing_opportunities SET checked_at = now(),
         first_not_found_at = coalesce(first_not_found_at, CASE WHEN $2 THEN now() END)
       WHERE opportunity_id = $1`,
      [one.opportunity_id, notFound],
    );
    return undefined;
  });
}
