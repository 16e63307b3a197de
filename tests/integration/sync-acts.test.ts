import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stopProducer } from '#app/lib/boss.server.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { acceptVanishedFields } from '#app/services/accept-vanished-fields.server.ts';
import { cancelSync } from '#app/services/cancel-sync.server.ts';
import { changeRole } from '#app/services/change-role.server.ts';
import { discardQuarantined } from '#app/services/discard-quarantined.server.ts';
import { dropHeldSync } from '#app/services/drop-held-sync.server.ts';
import { releaseHeldSync } from '#app/services/release-held-sync.server.ts';
import { repairDifferences } from '#app/services/repair-differences.server.ts';
import { replayQuarantined } from '#app/services/replay-quarantined.server.ts';
import { requestSync } from '#app/services/request-sync.server.ts';
import { setWatermark } from '#app/services/set-watermark.server.ts';
import { createUser } from '../factories/user.ts';
import { emptyQuarantine, putInQuarantine } from './quarantine-setup.ts';

interface Person {
  id: string;
  name: string;
}
let manager: Person;
let nobody: Person;
/** What there is to act on, anew for each test. */
let there: { missing: string; vanished: string; compared: string; preview: string; ids: bigint[] };

beforeAll(async () => {
  manager = await createUser(db, { name: 'Mona Manager', roles: ['MANAGER'] });
  nobody = await createUser(db, { name: 'Nora Nobody' });
  await createUser(db, { roles: ['MANAGER'] });
});
beforeEach(async () => {
  await emptyQuarantine();
  await pool.query('TRUNCATE sync_previews, opportunities CASCADE');
  there = await arrange();
});
afterAll(() => stopProducer());

async function arrange() {
  const ids = (await putInQuarantine([{ remoteId: '1' }, { remoteId: '2' }])).map(BigInt);
  const run = async (columns: string, values: string) => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO sync_logs (trigger, ${columns}) VALUES ('PERSON', ${values}) RETURNING id`,
    );
    return rows[0]!.id;
  };
  const held = (cause: string) =>
    run('sync_type, status, held_cause', `'FULL', 'HELD', '${cause}'`);
  const missing = await held('MISSING');
  await pool.query(
    `WITH made AS (INSERT INTO opportunities (remote_id, remote_number, raw, content_hash)
       SELECT n, 'N' || n, '{}', '' FROM generate_series(1, 40) n RETURNING id)
     INSERT INTO sync_missing (sync_log_id, opportunity_id) SELECT ${missing}, id FROM made`,
  );
  const vanished = await held('FIELD_VANISHED');
  await pool.query(
    `INSERT INTO crm_attributes (name, type, queryable, vanished_at)
     VALUES ('Revenue', 'number', true, now()), ('Name', 'string', true, NULL)`,
  );
  const compared = await run(`sync_type, status, purpose`, `'FULL', 'SUCCESS', 'RECONCILE'`);
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO sync_previews (sync_log_id, kind, remote_id, fields) VALUES (${compared}, 'UPDATED', 1, '[]')
     RETURNING id`,
  );
  return { missing, vanished, compared, preview: rows[0]!.id, ids };
}

const group = { cause: 'not-a-number', field: 'Revenue' };
const chosen = () => ({ of: 'selected' as const, ids: there.ids });
const reason = 'Agreed with the CRM team.';
const acts: Record<string, (actor: Person) => Promise<{ ok: boolean }>> = {
  'release a held run': (actor) => releaseHeldSync({ runId: there.missing, actor }),
  'drop a held run': (actor) => dropHeldSync({ runId: there.missing, actor }),
  'stop a run': async (actor) => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO sync_logs (sync_type, trigger) VALUES ('FULL', 'PERSON') RETURNING id`,
    );
    return cancelSync({ runId: rows[0]!.id, actor });
  },
  'repair differences': (actor) =>
    repairDifferences({ runId: there.compared, chosen: null, actor }),
  'replay what is in quarantine': (actor) => replayQuarantined({ actor, group, choice: chosen() }),
  'discard what is in quarantine': (actor) =>
    discardQuarantined({ actor, group, choice: chosen(), reason }),
  'go on without a field': (actor) =>
    acceptVanishedFields(
      { actor },
      {
        runId: there.vanished,
        reason,
        choices: [{ field: 'Revenue', treatment: 'LEAVE_EMPTY', source: null, looked: false }],
      },
    ),
};

/** The audit refuses an event of this kind while something is done: whatever stands before it must not stay. */
async function whileAuditRefuses(kind: string, act: () => Promise<unknown>) {
  await pool.query(
    `CREATE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.kind = '${kind}' THEN RAISE 'no room for it'; END IF; RETURN NEW; END $$;
     CREATE TRIGGER refuse_event BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse_event()`,
  );
  try {
    await expect(act()).rejects.toThrow();
  } finally {
    await pool.query('DROP FUNCTION refuse_event CASCADE');
  }
}

const everything = async () =>
  (
    await pool.query<Record<string, unknown>>(
      `SELECT (SELECT json_agg(l ORDER BY id) FROM sync_logs l) AS runs,
         (SELECT json_agg(q ORDER BY id) FROM sync_quarantine q) AS quarantine,
         (SELECT json_agg(p ORDER BY id) FROM sync_previews p) AS previews,
         (SELECT count(*) FROM sync_missing) AS missing, (SELECT count(*) FROM sync_targets) AS targets,
         (SELECT count(*) FROM mapping_rules) AS rules, (SELECT count(*) FROM audit_events) AS events,
         (SELECT count(*) FROM opportunities WHERE gone_since IS NOT NULL) AS gone`,
    )
  ).rows[0]!;

describe('an act on the sync', () => {
  it.each(Object.entries(acts))('to %s asks again what its actor may', async (_name, act) => {
    const { runs: _, ...before } = await everything();
    const refused = await act(nobody);
    expect(refused).toMatchObject(
      'status' in refused ? { ok: false, status: 403 } : { ok: false, reason: 'not-allowed' },
    );
    const { runs, ...after } = await everything();
    expect(after).toEqual(before);
    const stopped = (runs as Record<string, unknown>[]).filter((run) => run.cancel_requested_at);
    expect(stopped).toEqual([]);
    await pool.query(`UPDATE sync_logs SET status = 'CANCELLED' WHERE status = 'RUNNING'`);
    expect(await act(manager)).toMatchObject({ ok: true });
  });

  it('to set the watermark asks as well', async () => {
    const asked = { to: '2026-01-01', zone: 'UTC', reason, seen: '0' };
    expect(await setWatermark({ actor: nobody, ...asked })).toMatchObject({ status: 403 });
  });

  it.each([
    ['replay what is in quarantine', 'quarantine.replay_requested'],
    ['go on without a field', 'sync.requested'],
    ['repair differences', 'sync.requested'],
    ['release a held run', 'sync.released'],
  ])('to %s leaves nothing where it breaks at its last step', async (name, kind) => {
    const before = await everything();
    await whileAuditRefuses(kind, () => acts[name]!(manager));
    expect(await everything()).toEqual(before);
    expect(await acts[name]!(manager)).toMatchObject({ ok: true });
  });

  it('outlasts whoever stands in its way for a while', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM sync_logs WHERE id = $1 FOR UPDATE', [there.missing]);
    await client.query('SELECT FROM sync_quarantine FOR UPDATE');
    await client.query('SELECT pg_advisory_xact_lock(734501)');
    const all = Promise.all([
      acts['release a held run']!(manager),
      acts['discard what is in quarantine']!(manager),
      changeRole({ actor: manager, userId: nobody.id, role: 'SALES' }, true),
    ]);
    all.catch(() => undefined);
    await client.query('SELECT pg_sleep(5.5)');
    await client.query('ROLLBACK');
    client.release();
    for (const done of await all) expect(done).toMatchObject({ ok: true });
    await db.userRole.deleteMany({ where: { userId: nobody.id } });
  });
});

describe('a replay', () => {
  it('keeps what it goes to locked until its run is ordered', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO sync_logs (sync_type, trigger) VALUES ('FULL', 'PERSON')`);
    const replayed = acts['replay what is in quarantine']!(manager);
    const free = async () =>
      (await pool.query('SELECT id FROM sync_quarantine FOR UPDATE SKIP LOCKED')).rowCount;
    try {
      await expect.poll(free, { timeout: 5000 }).toBe(0);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    expect(await replayed).toMatchObject({ ok: true, records: 2, left: 0 });
    expect(await free()).toBe(2);
  });

  it('of a large group takes so many at once, and says how many are left', async () => {
    await pool.query(
      `INSERT INTO sync_quarantine (sync_log_id, last_sync_log_id, cause, field, message, payload, fingerprint)
       SELECT sync_log_id, last_sync_log_id, cause, field, message, payload, 'made ' || n
       FROM sync_quarantine, generate_series(1, 5100) n WHERE id = $1`,
      [there.ids[0]],
    );
    const choice = { of: 'group' as const, upTo: 10n ** 9n };
    expect(await replayQuarantined({ actor: manager, group, choice })).toMatchObject({
      ok: true,
      records: 5000,
      left: 102,
    });
    expect(await db.syncTarget.count()).toBe(5000);
  });
});

describe('an order', () => {
  it('is refused with the run in its way, and goes through once that has ended', async () => {
    const first = await requestSync({ mode: 'FULL', actor: manager });
    expect(await requestSync({ mode: 'FULL', actor: manager })).toEqual({
      ok: false,
      reason: 'already-running',
      runId: first.runId,
    });
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`UPDATE sync_logs SET status = 'SUCCESS' WHERE status = 'RUNNING'`);
    const waits = requestSync({ mode: 'INCREMENTAL', actor: manager });
    await client.query('SELECT pg_sleep(0.3)');
    await client.query('COMMIT');
    client.release();
    expect(await waits).toMatchObject({ ok: true });
  });

  it('that breaks another rule of the table is a fault, and is not tried for ever', async () => {
    await pool.query(
      `CREATE UNIQUE INDEX one_order_each ON sync_logs (requested_by) WHERE requested_by IS NOT NULL`,
    );
    try {
      await requestSync({ mode: 'FULL', actor: manager });
      await pool.query(`UPDATE sync_logs SET status = 'SUCCESS' WHERE status = 'RUNNING'`);
      await expect(requestSync({ mode: 'FULL', actor: manager })).rejects.toThrow(/unique/i);
    } finally {
      await pool.query('DROP INDEX one_order_each');
    }
  });
});
