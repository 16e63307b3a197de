// Prints the SQL that builds the whole schema from nothing: the raw material of a migration.
import pg from 'pg';
import { env } from '#app/lib/env.server.ts';
import { schemaAsSql } from './schema-engine.ts';

const pool = new pg.Pool({ connectionString: env.DATABASE_URL });
console.log(await schemaAsSql(pool));
await pool.end();
