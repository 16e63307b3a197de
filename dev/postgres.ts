import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes, createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { postgresBinaries } from './postgres-binaries.ts';

export interface EmbeddedPostgres {
  /** Connection string of the database `bqs`. */
  url: string;
  /** Resolves when it has ended without having been stopped, with the last it said. */
  died: Promise<string>;
  stop(): Promise<void>;
}

interface Options {
  /** Folder the cluster is kept in; made if absent. */
  folder: string;
  /** Trades durability for speed; for databases thrown away afterwards. */
  throwaway?: boolean;
  /** Told where the data went, if not into the folder. */
  log?: (line: string) => void;
}

// Postgres refuses to run as root, so root hands it to the account that exists on every machine.
const nobody = { uid: 65534, gid: 65534 };
const runsAsRoot = process.getuid?.() === 0;

/**
 * Starts a real Postgres on loopback, initialised at first use, with a password of its own.
 * Throws an Error whose message is one line for a person.
 */
export async function startPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { folder, native } = await placeCluster(resolve(options.folder), options.log);
  const data = join(folder, 'data');
  const password = passwordOf(folder);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(native, data, folder, password);
  await stopLeftover(data);
  const port = await freePort();
  const child = launch(native, data, port, options);
  const url = `postgresql://bqs:${password}@127.0.0.1:${port}/bqs`;
  await waitUntilReady(child, url);
  let stopped = false;
  const died = new Promise<string>((tell) => {
    child.once('exit', (code, signal) => {
      if (!stopped) tell(signal ? `ended by ${signal}` : `ended with code ${code}`);
    });
  });
  const end = () => {
    stopped = true;
    return stop(child);
  };
  return { url, died, stop: end };
}

/** Where root's folder is closed to others, cluster and binaries go where `nobody` can reach them. */
async function placeCluster(folder: string, log: Options['log']) {
  const native = await postgresBinaries();
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!runsAsRoot) return { folder, native };
  if (reachable(folder) && reachable(native)) {
    chownSync(folder, nobody.uid, nobody.gid);
    return { folder, native };
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const open = join('/var/lib/bqs-embedded', name);
  const binaries = join('/var/lib/bqs-embedded', `binaries-${binariesKey(native)}`);
  if (!existsSync(join(binaries, '.complete'))) {
    mkdirSync(binaries, { recursive: true });
    cpSync(native, binaries, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(binaries, '.complete'), '');
  }
  if (existsSync(open) && !existsSync(join(folder, 'moved-to'))) rmSync(open, { recursive: true });
  mkdirSync(open, { recursive: true, mode: 0o700 });
  chownSync(open, nobody.uid, nobody.gid);
  writeFileSync(join(folder, 'moved-to'), open);
  log?.(`Postgres cannot enter ${folder}; its data is kept in ${open}`);
  return { folder: open, native: binaries };
}

function binariesKey(native: string): string {
  const manifest = readFileSync(join(native, '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function reachable(path: string): boolean {
  const asNobody = { ...nobody, stdio: 'ignore' as const };
  for (let at = dirname(path); ; at = dirname(at)) {
    if (spawnSync('test', ['-x', at], { ...asNobody, cwd: '/' }).status !== 0) return false;
    if (at === dirname(at)) return true;
  }
}

function passwordOf(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
    if (runsAsRoot) chownSync(file, nobody.uid, nobody.gid);
  }
  return readFileSync(file, 'utf8').trim();
}

function initialise(native: string, data: string, folder: string, password: string) {
  rmSync(data, { recursive: true, force: true });
  const run = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      ...['-D', data, '-U', 'bqs', '--encoding=UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`, '--no-sync'],
    ],
    { encoding: 'utf8', cwd: folder, env: cleanEnvironment(), ...(runsAsRoot ? nobody : {}) },
  );
  if (password && run.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(
    `Postgres could not be set up in ${folder}: ${lastLine(run.stderr || `${run.error}`)}`,
  );
}

function launch(native: string, data: string, port: number, options: Options): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    log_min_messages: 'fatal',
    ...(options.throwaway && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const child = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      // Its own group: Ctrl-C must reach the processes that use it first.
      detached: true,
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: cleanEnvironment(),
      ...(runsAsRoot ? nobody : {}),
    },
  );
  // Ended with us even when we leave before anyone could stop it.
  process.once('exit', () => child.kill('SIGINT'));
  return child;
}

async function waitUntilReady(child: ChildProcess, url: string) {
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const admin = new URL(url);
  admin.pathname = '/postgres';
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) {
      throw new Error(`Postgres stopped while starting: ${lastLine(output)}`);
    }
    if (await createDatabase(admin.href)) return;
    await pause(100);
  }
  throw new Error('Postgres did not answer within a minute.');
}

async function createDatabase(admin: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: admin });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'bqs'`);
    if (!rowCount) await client.query('CREATE DATABASE bqs');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A start that was killed may have left its server running; two on one folder would corrupt it. */
async function stopLeftover(data: string) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  for (let tries = 0; tries < 150 && isPostgres(pid, data); tries++) {
    process.kill(pid, tries < 100 ? 'SIGINT' : 'SIGQUIT');
    await pause(100);
  }
}

function isPostgres(pid: number, data: string): boolean {
  const command = `/proc/${pid}/cmdline`;
  try {
    if (existsSync('/proc/self')) return readFileSync(command, 'utf8').includes(data);
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  const forced = setTimeout(() => child.kill('SIGQUIT'), 10_000);
  await ended;
  clearTimeout(forced);
}

/** A port nothing listens on at the moment of asking. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
