// npm run db:migrate: brings the database to the schema of this version.
import { env } from '#app/lib/env.server.ts';
import { applyMigrations } from './migrations.ts';

try {
  const applied = await applyMigrations(env.DATABASE_URL);
  console.log(applied.length ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
  process.exit(0);
} catch (error) {
  console.error(`The database could not be migrated: ${messageOf(error)}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] || error.name : String(error);
}
