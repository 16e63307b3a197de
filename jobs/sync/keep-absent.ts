import type { ClientBase } from 'pg';
import type { AppliableRecord, MappedOpportunity } from '#jobs/oracle/map.ts';

// Written as the mapper writes them, so that a value that is kept is no change.
const stored = `
  SELECT remote_id::text, remote_number, name, customer, practice, geo, region, sector,
    deal_value::text, currency, win_probability, sales_owner, sales_owner_email, stage, crm_status,
    close_date::text,
    to_char(crm_created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS crm_created_at,
    to_char(crm_updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS crm_updated_at
  FROM opportunities WHERE remote_id = ANY ($1::bigint[])`;

/** The records with what we have of them in the columns they say nothing about. Reads only where one does. */
export async function keepAbsent(
  client: ClientBase,
  records: AppliableRecord[],
): Promise<AppliableRecord[]> {
  const silent = records.filter(({ absent }) => absent);
  if (silent.length === 0) return records;
  const { rows } = await client.query<MappedOpportunity>(stored, [
    silent.map(({ row }) => row.remote_id),
  ]);
  const known = new Map(rows.map((row) => [row.remote_id, row]));
  return records.map((record) => {
    const kept = known.get(record.row.remote_id);
    if (!record.absent || !kept) return record;
    const columns = record.absent.map((column) => [column, kept[column]]);
    return { ...record, row: { ...record.row, ...Object.fromEntries(columns) } };
  });
}
