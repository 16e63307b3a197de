// Runs on whatever Node the machine has: installs what the lock file names, then hands over to the
// project's own Node. It may import nothing that needs an install.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [target, ...rest] = process.argv.slice(2);
const binaries = join(root, 'node_modules', '.bin');

refuseOldNode();
installIfNeeded();
generateIfNeeded();
handOver();

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`BQS needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

function installIfNeeded() {
  const stamp = join(root, 'node_modules', '.installed-from');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies (about a minute the first time) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    // NODE_ENV=production would leave out what builds the application.
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (run.status !== 0) fail('The install failed: npm says why above. Then run the command again.');
  writeFileSync(stamp, lock);
}

function generateIfNeeded() {
  const run = spawnSync(join(binaries, 'node'), [join(root, 'dev', 'generate.mjs')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (run.status !== 0) fail('The database client could not be generated; see above.');
}

function handOver() {
  const child = spawn(join(binaries, 'node'), [join(root, target), ...rest], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${binaries}:${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
