import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '#dev/postgres.ts';
import { applyMigrations } from '../../prisma/migrations.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the migrated, empty database that every test file clones. */
    templateUrl: string;
  }
}

/** One real Postgres for the run; each test file gets a clone of the migrated template. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'bqs-test-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ folder, throwaway: true });
  const template = new URL(postgres.url);
  template.pathname = '/template_bqs';
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE DATABASE template_bqs');
  await admin.end();
  await applyMigrations(template.href);
  project.provide('templateUrl', template.href);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
