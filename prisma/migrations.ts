import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { defaultScorecard } from './default-scorecard.ts';
import { openSchemaEngine } from './schema-engine.ts';

const folder = fileURLToPath(new URL('migrations', import.meta.url));
const noFilter = { externalTables: [], externalEnums: [] };

// Any number does, as long as every instance takes the same one.
const lockKey = 7_203_115;

/**
 * Applies what is missing of `prisma/migrations`, in order, and returns the names applied. Instances
 * that start together wait for one another; the waiting ones find nothing left to do.
 */
export async function applyMigrations(url: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  const lock = await pool.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const engine = await openSchemaEngine(pool);
    const input = { migrationsList: migrationsOnDisk(), filters: noFilter };
    const { appliedMigrationNames } = await engine.applyMigrations(input);
    await putDefaultScorecard(pool);
    return appliedMigrationNames;
  } finally {
    lock.release(true);
    await pool.end();
  }
}

/** A database without any scorecard gets the one BQS starts with, already in force. */
async function putDefaultScorecard(pool: pg.Pool): Promise<void> {
  await pool.query(
    `INSERT INTO scorecards (name, status, definition, created_by_name, published_at)
     SELECT 'BQS standard', 'PUBLISHED', $1, 'BQS', now() WHERE NOT EXISTS (SELECT FROM scorecards)`,
    [JSON.stringify(defaultScorecard)],
  );
}

function migrationsOnDisk() {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: { path: './migration_lock.toml', content: read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: read(`${path}/migration.sql`) },
      },
    })),
  };
}

function read(name: string): string {
  return readFileSync(`${folder}/${name}`, 'utf8');
}
