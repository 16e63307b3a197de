import type { ClientBase } from 'pg';
import { OracleError } from '#jobs/oracle/errors.ts';
import type { AppliableRecord, RefusedRecord } from '#jobs/oracle/map.ts';
import { addToRun, applyAnswer } from './apply-single.ts';
import { createAnewAsker, replayOne } from './replay-anew.ts';
import type { TargetResult } from './replay.ts';
import { addCounts, noCounts, RunCancelled, type LeasedRun } from './run.ts';
import { transaction } from './transaction.ts';
import type { Work } from './work.ts';

/** Targets that are gone to, then written, at a time. */
const chunk = 20;

interface Target {
  id: string;
  remote_id: string | null;
  remote_number: string | null;
  quarantine_id: string | null;
}

/** Goes through the targets of a repair or a replay that nothing has come of yet, one by one. */
export async function goToTargets(work: Work): Promise<void> {
  const { run, connections, parts, signal } = work;
  const client = connections[0]!;
  const act = run.purpose === 'REPLAY' ? createReplay(work) : repair;
  let done = noCounts;
  for (;;) {
    signal.throwIfAborted();
    const targets = await nextTargets(client, run);
    if (targets.length === 0) return;
    const steps = await act(work, targets);
    const { counts, cancelRequested } = await transaction(client, async () => {
      let counts = noCounts;
      for (const { target, write } of steps) {
        const result = await write(client);
        await noteOutcome(client, target, result);
        counts = addCounts(counts, result.counts);
      }
      return { counts, ...(await addToRun(client, run, counts)) };
    });
    done = addCounts(done, counts);
    parts.onProgress?.(done);
    if (cancelRequested) throw new RunCancelled('Cancelled by a person.');
  }
}

interface Step {
  target: Target;
  write(client: ClientBase): Promise<TargetResult>;
}

async function nextTargets(client: ClientBase, run: LeasedRun): Promise<Target[]> {
  const { rows } = await client.query<Target>(
    `SELECT id, remote_id, remote_number, quarantine_id FROM sync_targets
     WHERE sync_log_id = $1 AND outcome IS NULL ORDER BY id LIMIT $2`,
    [run.id, chunk],
  );
  return rows;
}

// Everything is asked for before anything is written, so that no transaction waits for the CRM.

function createReplay(work: Work) {
  const askAnew = createAnewAsker(work);
  return async (_work: Work, targets: Target[]): Promise<Step[]> => {
    const steps: Step[] = [];
    for (const target of targets) {
      const id = target.quarantine_id;
      const anew = await askAnew(id);
      steps.push({ target, write: (client) => replayOne(client, work, id, anew) });
    }
    return steps;
  };
}

async function repair(work: Work, targets: Target[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const target of targets) {
    const answer = await ask(work, target);
    steps.push({ target, write: (client) => repairOne(client, work.run, target, answer) });
  }
  return steps;
}

type Answer = AppliableRecord | RefusedRecord | null | { ok: 'rejected'; message: string };

async function ask({ parts, signal }: Work, target: Target): Promise<Answer> {
  const { remote_id: id, remote_number: remoteNumber } = target;
  if (id === null && remoteNumber === null)
    return { ok: 'rejected', message: 'It has neither an OptyId nor a number to ask for it by.' };
  try {
    const key = { remoteId: id === null ? null : BigInt(id), remoteNumber };
    const found = await parts.client.record(key, signal);
    return found && parts.map(found);
  } catch (error) {
    // A key the CRM will not take is that record's fault alone; every other fault ends the run.
    if (!(error instanceof OracleError) || error.fault !== 'rejected') throw error;
    return { ok: 'rejected', message: error.message };
  }
}

async function repairOne(
  client: ClientBase,
  run: LeasedRun,
  target: Target,
  answer: Answer,
): Promise<TargetResult> {
  if (answer === null) {
    await noteMissed(client, run, target);
    const message = 'The CRM has no such opportunity to show.';
    return { outcome: 'NOT_FOUND', message, counts: noCounts };
  }
  if (answer.ok === 'rejected')
    return { outcome: 'FAILED', message: answer.message, counts: noCounts };
  // It was asked for just now, so it stands whatever its stamp says.
  const { outcome, counts, refused } = await applyAnswer(client, run, answer, false);
  return { outcome, counts, message: refused?.message ?? null };
}

/** Not to be shown is not to be gone: what we hold of it is asked for again, as after a sweep. */
async function noteMissed(client: ClientBase, run: LeasedRun, target: Target): Promise<void> {
  await client.query(
    `INSERT INTO missing_opportunities (opportunity_id, sync_log_id)
     SELECT id, $1 FROM opportunities
     WHERE gone_since IS NULL
       AND CASE WHEN $2::bigint IS NULL THEN remote_number = $3 ELSE remote_id = $2 END
     ON CONFLICT DO NOTHING`,
    [run.id, target.remote_id, target.remote_number],
  );
}

async function noteOutcome(
  client: ClientBase,
  target: Target,
  { outcome, message }: TargetResult,
): Promise<void> {
  await client.query(
    'UPDATE sync_targets SET outcome = $2, message = $3, done_at = now() WHERE id = $1',
    [target.id, outcome, message],
  );
}
