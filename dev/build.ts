import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const stamp = 'build/.built-from';
const sources = [
  'app/**/*',
  'public/**/*',
  'vite.config.ts',
  'remix.config.js',
  'package-lock.json',
];

/** Builds the web application if its sources changed since the last build; says whether it did. */
export function buildIfNeeded(): boolean {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  const run = spawnSync('node_modules/.bin/remix', ['vite:build', '--logLevel', 'warn'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.signal) throw new Error('stopped while building.');
  if (run.status !== 0)
    throw new Error(`The application could not be built:\n${run.stdout}${run.stderr}`);
  writeFileSync(stamp, now);
  return true;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources).sort()) {
    if (statSync(path).isFile()) hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}
