import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { pool } from '#app/lib/db.server.ts';
import { between, seeded, type Random } from '#dev/crm/random.ts';
import { startCrmSimulator, type CrmSimulator } from '#dev/crm/server.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import { claimRun, startRun } from '#jobs/sync/lease.ts';
import { runSync, type SyncParts } from '#jobs/sync/run-sync.ts';
import { WorkerStopping, type LeasedRun } from '#jobs/sync/run.ts';
import { configFor, partsFor } from '../integration/sync-parts.ts';
import { RestlessCrm } from './crm-moves.ts';
import {
  checkCopy,
  checkOurs,
  checkPresent,
  checkRuns,
  checkWatermark,
  ours,
  stampsOf,
  visibleIds,
} from './reckoning.ts';
import { drawRound, type RoundPlan } from './schedule.ts';

export interface TrialReport {
  seed: number;
  runs: number;
  faults: number;
  blows: number;
  opportunities: number;
  outcomes: Record<string, number>;
  /** How often each kind of fault was set up. */
  kinds: Record<string, number>;
}

/**
 * One trial: a changing CRM is synced again and again under the faults and blows its seed draws, then once
 * undisturbed; after every round and at the end everything must reconcile. Throws AssertionError where it does not. Empties the
 * tables of the sync first.
 */
export async function runTrial(seed: number): Promise<TrialReport> {
  const random = seeded(seed);
  await emptyTables();
  const crm = await startCrmSimulator({
    opportunities: between(random, 30, 120),
    seed,
    pageCap: 20,
  });
  const report: TrialReport = {
    seed,
    runs: 0,
    faults: 0,
    blows: 0,
    opportunities: 0,
    outcomes: {},
    kinds: {},
  };
  try {
    const restless = new RestlessCrm(crm, random);
    for (let round = between(random, 3, 6); round > 0; round--) {
      const plan = drawRound(random);
      report.faults += plan.faults.length;
      for (const { kind } of plan.faults) report.kinds[kind] = (report.kinds[kind] ?? 0) + 1;
      report.blows += plan.blow === 'none' ? 0 : 1;
      restless.move(between(random, 0, 4));
      await playRound(crm, restless, random, plan);
      await letPeopleAct(random);
    }
    crm.faults.clear();
    crm.dataset.settle(true);
    await settle(crm);
    report.opportunities = await checkCopy(crm, restless.unfit);
    await checkRuns();
    Object.assign(report, await outcomes());
    return report;
  } finally {
    await crm.stop();
  }
}

async function playRound(
  crm: CrmSimulator,
  restless: RestlessCrm,
  random: Random,
  plan: RoundPlan,
) {
  for (const fault of plan.faults) crm.faults.add(fault);
  // What still lags from the round before would show in the middle of one that holds still.
  if (plan.restlessness === 0) crm.dataset.settle(true);
  const before = await ours();
  const present = visibleIds(crm);
  const shown = stampsOf(crm);
  const broken = new Set(restless.unfit);
  restless.outOfSight.clear();
  if (plan.blow === 'kill') await killInTheMiddle(crm, plan);
  else await attempt(crm, plan, () => random() < plan.restlessness && restless.move(1));
  crm.faults.clear();
  await takeOver(crm);
  const { unfit, everHidden } = restless;
  const now = stampsOf(crm);
  await checkWatermark(stillShown(shown, now), (id) =>
    [unfit, broken, everHidden].some((ids) => ids.has(id)),
  );
  checkOurs(before, await ours());
  await checkRuns();
  const stayed = visibleIds(crm).filter((id) => present.includes(id));
  await checkPresent(stayed.filter((id) => !restless.outOfSight.has(id)));
  // What the CRM leaves out of its records stays as we have it, until it is sent again.
  const wholly = plan.faults.every(({ kind }) => kind !== 'missing-attribute');
  const still = plan.restlessness === 0 && wholly && !movesRows(plan);
  if (still && (await sweptWhole())) await checkCopy(crm, restless.unfit);
}

/** What was shown before and is now, but for what a clock set back has stamped with an earlier time since. */
function stillShown(before: Map<bigint, number>, now: Map<bigint, number>): Map<bigint, number> {
  return new Map([...before].filter(([id, stamp]) => (now.get(id) ?? -1) >= stamp));
}

/** Whether a fault changes rows while they are read. */
function movesRows({ faults }: RoundPlan): boolean {
  return faults.some(({ kind }) => ['evolve', 'mass-update', 'commit-lag'].includes(kind));
}

/** Whether the last run was a sweep that came to its end and did not find the CRM empty. */
async function sweptWhole(): Promise<boolean> {
  const { rows } = await pool.query<{ whole: boolean }>(
    `SELECT sync_type = 'FULL' AND status IN ('SUCCESS', 'PARTIAL') AND total_fetched > 0 AS whole
     FROM sync_logs ORDER BY id DESC LIMIT 1`,
  );
  return rows[0]?.whole ?? false;
}

/** Runs a sync in this process; the CRM may move, and a blow may fall, before any page is asked for. */
async function attempt(crm: CrmSimulator, plan: RoundPlan, move: () => unknown) {
  const run = await startRun(pool, { syncType: plan.mode, trigger: 'COMMAND' });
  if (!run) throw new Error('a run was left behind');
  const stopping = new AbortController();
  const parts = partsOf(crm, stopping.signal);
  let asked = 0;
  const rivals: Promise<void>[] = [];
  const client: SyncParts['client'] = {
    ...parts.client,
    async page(...query) {
      move();
      if (++asked === plan.blowAt) {
        if (plan.blow === 'rival') rivals.push(rival(crm));
        else await strike(plan, run, stopping);
      }
      return parts.client.page(...query);
    },
  };
  await carryOut({ ...parts, client }, run);
  await Promise.all(rivals);
}

/** Another worker takes the run from this one, which does not know, and both go on. */
async function rival(crm: CrmSimulator): Promise<void> {
  await pool.query(
    `UPDATE sync_logs SET heartbeat_at = now() - interval '1 hour' WHERE status = 'RUNNING'`,
  );
  const run = await claimRun(pool);
  if (run) await carryOut(partsOf(crm, new AbortController().signal), run);
}

async function strike({ blow }: RoundPlan, run: LeasedRun, stopping: AbortController) {
  if (blow === 'stop') stopping.abort(new WorkerStopping('The worker is stopping.'));
  if (blow === 'cancel') {
    await pool.query('UPDATE sync_logs SET cancel_requested_at = now() WHERE id = $1', [run.id]);
  }
  if (blow === 'broken-connection') {
    // One of the run's own: what the other is at work on must not be committed over it.
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
       ORDER BY xact_start NULLS LAST, pid LIMIT 1`,
    );
  }
  if (blow === 'database-restart') {
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  }
}

/** A worker of its own process, ended by SIGKILL at some point of its run. */
async function killInTheMiddle(crm: CrmSimulator, { mode, blowAt }: RoundPlan) {
  const asked = crm.requests;
  const worker = spawn(process.execPath, ['tests/trial/kill-process.ts', mode, crm.url], {
    env: process.env,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(worker, 'exit');
  let alive = true;
  void ended.then(() => (alive = false));
  while (alive && crm.requests - asked < blowAt) await pause(1);
  worker.kill('SIGKILL');
  await ended;
}

/** Takes over what was left behind until nothing is; only the passing of time is made up. */
async function takeOver(crm: CrmSimulator) {
  for (;;) {
    await pool.query(
      `UPDATE sync_logs SET heartbeat_at = now() - interval '1 hour' WHERE status = 'RUNNING'`,
    );
    const run = await claimRun(pool);
    if (!run) return;
    await carryOut(partsOf(crm, new AbortController().signal), run);
  }
}

/** A fault of the database or the CRM is what a trial is about; the run it leaves is taken over. */
async function carryOut(parts: SyncParts, run: LeasedRun) {
  try {
    await runSync(parts, run);
  } catch (error) {
    const code = error instanceof Error ? String((error as NodeJS.ErrnoException).code) : '';
    const expected = error instanceof OracleError || /^(57|08|ECONN|EPIPE|undefined)/.test(code);
    if (!expected) throw error;
  }
}

/** Undisturbed at last: a sweep, released by a person where it is held, then one more that finds nothing. */
async function settle(crm: CrmSimulator) {
  await sweep(crm);
  const { rowCount } = await pool.query(
    `UPDATE sync_logs SET status = 'SUCCESS' WHERE status = 'HELD' RETURNING id`,
  );
  if (rowCount) {
    await pool.query(
      'UPDATE opportunities SET gone_since = now() WHERE id IN (SELECT opportunity_id FROM sync_missing)',
    );
    await pool.query('DELETE FROM sync_missing');
  }
  // What is missing is asked for twice, a day apart, before it reads as gone.
  await passADay();
  await sweep(crm);
  const written = async () =>
    (await pool.query<{ xmin: string }>('SELECT xmin::text FROM opportunities ORDER BY id')).rows;
  const before = JSON.stringify(await written());
  await sweep(crm);
  if (JSON.stringify(await written()) !== before) throw new Error('a second sweep wrote rows');
}

async function passADay() {
  await pool.query(
    `UPDATE missing_opportunities SET first_not_found_at = first_not_found_at - interval '25 hours',
       checked_at = checked_at - interval '25 hours', missed_at = missed_at - interval '25 hours'`,
  );
}

async function sweep(crm: CrmSimulator) {
  const run = await startRun(pool, { syncType: 'FULL', trigger: 'COMMAND' });
  if (!run) throw new Error('a run was left behind');
  await runSync(partsOf(crm, new AbortController().signal), run);
}

function partsOf(crm: CrmSimulator, signal: AbortSignal): SyncParts {
  return partsFor(configFor(crm, { pageSize: 20, timeoutMs: 400 }), { signal });
}

/** People go on with their work between the runs. */
async function letPeopleAct(random: Random) {
  await pool.query(
    `UPDATE opportunities SET workflow_status = 'ASSIGNED', sa_notes = $2
     WHERE workflow_status = 'NEW' AND id % $1 = 0`,
    [between(random, 2, 9), `Noted ${random()}`],
  );
}

async function emptyTables() {
  await pool.query(
    `DELETE FROM missing_opportunities; DELETE FROM crm_attribute_changes; DELETE FROM crm_attributes;
     DELETE FROM sync_missing; DELETE FROM opportunity_changes; DELETE FROM sync_quarantine;
     DELETE FROM opportunities; DELETE FROM sync_logs`,
  );
}

async function outcomes(): Promise<Pick<TrialReport, 'runs' | 'outcomes'>> {
  const { rows } = await pool.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int FROM sync_logs GROUP BY status',
  );
  const counted = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  return { runs: rows.reduce((sum, { count }) => sum + count, 0), outcomes: counted };
}
