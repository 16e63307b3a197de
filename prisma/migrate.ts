// npm run db:migrate: brings the database to the schema of this version.
import { env } from '#app/lib/env.server.ts';
import { faultLine } from '#app/lib/fault-line.ts';
import { applyMigrations } from './migrations.ts';

try {
  const applied = await applyMigrations(env.DATABASE_URL);
  console.log(applied.length ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
  process.exit(0);
} catch (error) {
  console.error(`The database could not be migrated: ${faultLine(error)}`);
  process.exit(1);
}
