import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { startPostgres } from '#dev/postgres.ts';
import { applyMigrations } from '../../prisma/migrations.ts';

/** A migrated, empty database in a Postgres of its own, for what runs outside vitest. */
export async function startThrowawayDatabase(
  folder: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  mkdirSync(dirname(folder), { recursive: true });
  const postgres = await startPostgres({ folder, throwaway: true });
  await applyMigrations(postgres.url);
  return { url: postgres.url, stop: postgres.stop };
}
