import pg from 'pg';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { Facts, SampleRole } from './facts.ts';

/** Assigns one of the opportunities that nobody has touched yet to a sample person. Returns its page. */
export async function assignedOpportunity(
  { databaseUrl }: Facts,
  person: SampleRole = 'architect',
): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ remoteNumber: string; remoteId: string }>(
      `UPDATE opportunities SET workflow_status = 'ASSIGNED', workflow_since = now(),
         assigned_sa = (SELECT id FROM users WHERE email = $1),
         qualification_revision = qualification_revision + 1
       WHERE id = (SELECT min(id) FROM opportunities
         WHERE workflow_status = 'NEW' AND gone_since IS NULL AND remote_number ~ '^[A-Z0-9-]+$')
       RETURNING remote_number AS "remoteNumber", remote_id::text AS "remoteId"`,
      [`${person}@example.test`],
    );
    if (!rows[0]) throw new Error('Every opportunity has been taken by a test.');
    return opportunityPath(rows[0]);
  } finally {
    await client.end();
  }
}
