import type { Pool } from 'pg';
import type { MappingRule } from '#app/domain/mapping-rule.ts';

/** The rules that hold for a run that begins now; one made while it runs is for the next. */
export async function rulesInForce(pool: Pool): Promise<MappingRule[]> {
  const { rows } = await pool.query<MappingRule>(
    'SELECT field, cause, treatment, source FROM mapping_rules WHERE withdrawn_at IS NULL ORDER BY id',
  );
  return rows;
}
