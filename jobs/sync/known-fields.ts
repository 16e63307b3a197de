import type { Pool } from 'pg';
import { mappedFields, type MappedField } from '#app/domain/crm-fields.ts';
import {
  compareDescription,
  unfedFields,
  vanishedCause,
  vanishedWords,
  type KnownAttribute,
  type VanishedRule,
} from '#app/domain/field-drift.ts';
import { OracleError } from '#jobs/oracle/errors.ts';
import { RunHeld } from './run.ts';
import type { Work } from './work.ts';

/** The attributes as the CRM described them last, those that have vanished since among them. */
export async function knownAttributes(pool: Pool): Promise<KnownAttribute[]> {
  const { rows } = await pool.query<KnownAttribute>(
    'SELECT name, type, vanished_at IS NOT NULL AS vanished FROM crm_attributes',
  );
  return rows;
}

/** $1 run, $2 the attributes described, $3 how they differ from what was known, $4 how many they are. */
const store = `
  WITH described AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS d (name text, type text, queryable boolean)
  ), stored AS (
    INSERT INTO crm_attributes AS a (name, type, queryable) SELECT name, type, queryable FROM described
    ON CONFLICT (name) DO UPDATE SET type = EXCLUDED.type, queryable = EXCLUDED.queryable, vanished_at = NULL
    WHERE a.vanished_at IS NOT NULL OR (a.type, a.queryable) IS DISTINCT FROM (EXCLUDED.type, EXCLUDED.queryable)
  ), vanished AS (
    UPDATE crm_attributes SET vanished_at = now()
    WHERE vanished_at IS NULL AND name NOT IN (SELECT name FROM described)
  ), changes AS (
    INSERT INTO crm_attribute_changes (sync_log_id, kind, name, before, after)
    SELECT $1, kind, name, before, after
    FROM jsonb_to_recordset($3::jsonb) AS c (kind text, name text, before text, after text)
  )
  INSERT INTO crm_descriptions (sync_log_id, attributes) VALUES ($1, $4)
  ON CONFLICT (sync_log_id) DO UPDATE SET read_at = now(), attributes = EXCLUDED.attributes, problem = NULL`;

/**
 * Asks the CRM for its description and keeps it, with how it differs from the one before. Returns what is
 * known by it; null, with the reason on record, where it could not be read: the CRM need not offer it.
 */
export async function readDescription(work: Work): Promise<KnownAttribute[] | null> {
  const { parts, run, signal } = work;
  try {
    const { attributes } = await parts.client.describe(signal);
    const distinct = [...new Map(attributes.map((one) => [one.name, one])).values()];
    const changes = compareDescription(await knownAttributes(parts.pool), distinct);
    const values = [JSON.stringify(distinct), JSON.stringify(changes), distinct.length];
    await parts.pool.query(store, [run.id, ...values]);
    return await knownAttributes(parts.pool);
  } catch (error) {
    if (!(error instanceof OracleError)) throw error;
    await parts.pool.query(
      `INSERT INTO crm_descriptions (sync_log_id, problem) VALUES ($1, $2)
       ON CONFLICT (sync_log_id) DO UPDATE SET read_at = now(), problem = EXCLUDED.problem`,
      [run.id, error.message.replaceAll('\0', '').toWellFormed()],
    );
    return null;
  }
}

/** The mapped columns nothing feeds any more, where nobody has said yet how to go on. */
export async function unfedOf({ parts }: Work, known: KnownAttribute[]): Promise<MappedField[]> {
  const { rows } = await parts.pool.query<VanishedRule>(
    `SELECT field, treatment, source FROM mapping_rules WHERE cause = $1 AND withdrawn_at IS NULL`,
    [vanishedCause],
  );
  return unfedFields(mappedFields(parts.client.fields), known, rows);
}

/** Holds the run for the fields that vanished. An older run held for the same waits no longer. */
export async function holdFor({ parts, run }: Work, fields: MappedField[]): Promise<never> {
  await parts.pool.query(
    `UPDATE sync_logs SET status = 'CANCELLED', error_message = $2
     WHERE status = 'HELD' AND held_cause = 'FIELD_VANISHED' AND id <> $1`,
    [run.id, `Held for a person until sync run ${run.id} found fields missing again.`],
  );
  throw new RunHeld('FIELD_VANISHED', vanishedWords(fields));
}
