// Prints the SQL that builds the whole schema from nothing: the raw material of a migration.
// Usage: DATABASE_URL=… node prisma/write-migration.ts
import pg from 'pg';
import { datamodel, openSchemaEngine } from './schema-engine.ts';

const engine = await openSchemaEngine(new pg.Pool({ connectionString: process.env.DATABASE_URL }));
console.log(await schemaAsSql());
process.exit(0);

async function schemaAsSql() {
  const files = datamodel().map(([path, content]) => ({ path, content }));
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout;
}
