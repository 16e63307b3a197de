import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parseEnvironment, type Environment } from './environment.ts';

/** The settings of this process, checked once; a wrong one ends the boot with one line. */
export const env: Environment = load();

function load(): Environment {
  const merged = { ...embedded(), ...dotenv('.env'), ...defined(process.env) };
  const result = parseEnvironment(merged);
  if (result.ok) return result.environment;
  const hint = merged.NODE_ENV === 'production' ? '' : ' Run npm start, or set it in .env.';
  console.error(`BQS cannot start: ${result.problem}.${hint}`);
  process.exit(1);
}

/** While `npm start` runs it leaves here where its embedded parts listen, for commands beside it. */
function embedded(): Record<string, string | undefined> {
  if (process.env.NODE_ENV === 'production') return {};
  return dotenv(join(process.env.BQS_DATA_DIR || '.data', 'embedded.env'));
}

function dotenv(path: string): Record<string, string | undefined> {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}

/** An exported but empty variable must not hide the one in the file. */
function defined(source: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
}
