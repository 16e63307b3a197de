import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let loaded = false;

/**
 * Prisma's own schema engine as WebAssembly, over connections of `pool`, which the caller ends. Its
 * command line would download a native engine, which closed networks refuse.
 */
export async function openSchemaEngine(pool: pg.Pool): Promise<engine.SchemaEngine> {
  if (!loaded) await instantiate();
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => Object.assign(await connect(), { executeScript: whole(pool) });
  const SchemaEngine = engine.SchemaEngine as unknown as {
    new: (options: object, log: () => void, adapter: unknown) => Promise<engine.SchemaEngine>;
  };
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  return SchemaEngine.new({ datamodels: datamodel() }, () => undefined, adapter);
}

/**
 * The adapter cuts a script at every semicolon, inside function bodies too. Sent whole, Postgres
 * cuts it rightly and runs it as one transaction.
 */
function whole(pool: pg.Pool) {
  return async (script: string): Promise<void> => void (await pool.query(script));
}

/** The Prisma schema as the engine takes it: pairs of path and text. */
function datamodel(): [string, string][] {
  const path = new URL('schema.prisma', import.meta.url);
  return [['schema.prisma', readFileSync(path, 'utf8')]];
}

/** The SQL that builds what the Prisma schema describes, from nothing. */
export async function schemaAsSql(pool: pg.Pool): Promise<string> {
  const schemaEngine = await openSchemaEngine(pool);
  const files = datamodel().map(([path, content]) => ({ path, content }));
  const { stdout } = await schemaEngine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

async function instantiate() {
  const require = createRequire(import.meta.url);
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(join(dirname(glueFile), 'schema_engine_bg.wasm'));
  const glue = engine as unknown as Glue & WebAssembly.ModuleImports;
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  loaded = true;
}
