import { readdirSync } from 'node:fs';
import { inject, describe, expect, it } from 'vitest';
import pg from 'pg';
import { applyMigrations } from '../../prisma/migrations.ts';
import { schemaAsSql } from '../../prisma/schema-engine.ts';

// What the migrations build beyond the Prisma schema, on purpose.
const sqlOnly = [
  'constraint stand_ins_days_in_order',
  'constraint stand_ins_ended_whole',
  'constraint stand_ins_no_double',
  'constraint stand_ins_of_another',
  'constraint stand_ins_of_limited_length',
  'constraint stand_ins_roles',
  'index stand_ins_no_double',
  'constraint sync_logs_held_for',
  'index mapping_rules_in_force',
  'index sync_logs_one_running',
  'index sync_quarantine_open',
  'constraint opportunities_closed_remembers',
  'constraint opportunities_hold_remembers',
  'constraint assessment_ratings_by_halves',
  'constraint assessments_submitted_whole',
  'constraint stale_marks_resolved_whole',
  'index assessments_one_draft',
  'constraint notifications_path_own',
  'index notifications_unread',
  'index opportunities_at_work',
  'index opportunities_closed_at_work',
  'index scorecards_one_published',
  'index stale_marks_open',
  'constraint sync_quarantine_resolved_whole',
  'index opportunities_owner',
  'index opportunities_search',
  'trigger assessment_ratings_fixed',
  'trigger assessment_returns_fixed',
  'trigger assessments_submitted_fixed',
  'trigger comments_fixed',
  'trigger decision_conditions_fixed',
  'trigger decision_conditions_kept',
  'trigger decision_memos_fixed',
  'trigger decisions_fixed',
  'trigger opportunities_workflow_change',
  'trigger recommendations_fixed',
  'trigger scorecards_published_fixed',
  'trigger scorecards_published_kept',
  'trigger opportunity_tallies_delete',
  'trigger opportunity_tallies_insert',
  'trigger opportunity_tallies_truncate',
  'trigger opportunity_tallies_update',
  'trigger audit_events_append_only',
  'trigger audit_events_never_truncated',
];

const migrationCount = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
).length;

describe('the migrations', () => {
  it('build what the Prisma schema describes, and besides it only what is listed', async () => {
    const migrated = await catalogue(process.env.DATABASE_URL!);
    const described = await catalogue(await databaseFromSchema());
    const extra = [...migrated.keys()].filter((key) => !described.has(key));
    expect(extra.sort()).toEqual([...sqlOnly].sort());
    for (const [key, definition] of described)
      expect([key, migrated.get(key)]).toEqual([key, definition]);
  });

  it('apply nothing the second time, also when two instances start together', async () => {
    const url = await emptyDatabase('race');
    const [first, second] = await Promise.all([applyMigrations(url), applyMigrations(url)]);
    expect([first.length, second.length].sort()).toEqual([0, migrationCount]);
    expect(await applyMigrations(url)).toEqual([]);
  });

  it('keep audit events append-only', async () => {
    await withClient(process.env.DATABASE_URL!, async (client) => {
      await client.query(
        `INSERT INTO audit_events (kind, actor_name, subject_type, subject_id, data)
         VALUES ('role.granted', 'Someone', 'user', '1', '{}')`,
      );
      for (const attempt of [
        `UPDATE audit_events SET kind = 'role.revoked'`,
        'DELETE FROM audit_events',
        'TRUNCATE audit_events',
      ]) {
        await expect(client.query(attempt)).rejects.toThrow('append-only');
      }
    });
  });
});

async function databaseFromSchema() {
  const url = await emptyDatabase('schema');
  const pool = new pg.Pool({ connectionString: url });
  await pool.query(await schemaAsSql(pool));
  await pool.end();
  return url;
}

async function emptyDatabase(suffix: string) {
  const admin = new URL(inject('templateUrl'));
  admin.pathname = '/postgres';
  const name = `migrations_${suffix}_${process.pid}`;
  await withClient(admin.href, (client) => client.query(`CREATE DATABASE ${name}`));
  admin.pathname = `/${name}`;
  return admin.href;
}

async function catalogue(url: string): Promise<Map<string, string>> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ key: string; definition: string }>(`
      SELECT 'column ' || table_name || '.' || column_name AS key,
             concat_ws(' ', udt_name, is_nullable, column_default, numeric_precision, numeric_scale,
                       datetime_precision) AS definition
      FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
      UNION ALL
      SELECT 'index ' || indexname, indexdef FROM pg_indexes
      WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      UNION ALL
      SELECT 'constraint ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'
        AND contype <> 'n'
      UNION ALL
      SELECT 'enum ' || typname, string_agg(enumlabel, ',' ORDER BY enumsortorder)
      FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid GROUP BY typname
      UNION ALL
      SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal`),
  );
  return new Map(rows.map((row) => [row.key, row.definition]));
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
