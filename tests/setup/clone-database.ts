import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Clones the template into a database of its own and returns its connection string. */
export async function cloneDatabase(templateUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new URL(templateUrl);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  // Two clones at once would each find the other reading the template.
  await client.query('SELECT pg_advisory_lock(1)');
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(templateUrl).pathname.slice(1)}`);
  await client.end();
  const url = new URL(templateUrl);
  url.pathname = `/${name}`;
  return url.href;
}
