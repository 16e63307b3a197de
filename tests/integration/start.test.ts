import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '#dev/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'bqs-start-'));
const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  it('brings everything up, keeps the data, and leaves no process behind', async () => {
    const port = await freePort();
    const first = start(port);
    await first.says(`BQS is ready at http://localhost:${port}`, 120_000);
    expect(first.output()).toMatch(/First sync: \d+ opportunities/);
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
    await first.interrupt();
    expect(processesOf(folder)).toEqual([]);

    const second = start(port);
    await second.says('BQS is ready', 60_000);
    expect(second.output()).not.toContain('First sync');
    await second.interrupt();
    expect(processesOf(folder)).toEqual([]);
  }, 240_000);

  it('takes its parts down with it when it is killed outright', async () => {
    const killed = start(await freePort());
    await killed.says('BQS is ready', 60_000);
    killed.child.kill('SIGKILL');
    const again = start(await freePort());
    await again.says('BQS is ready', 60_000);
    await again.interrupt();
    expect(processesOf(folder)).toEqual([]);
  }, 180_000);

  it('says that Postgres ended, stops everything, and goes on with the data at the next start', async () => {
    const first = start(await freePort());
    await first.says('BQS is ready', 60_000);
    process.kill(Number(readFileSync(postmasterFile(), 'utf8').split('\n')[0]), 'SIGKILL');
    expect(await first.ended).toBe(1);
    expect(first.output()).toMatch(/Postgres ended by SIGKILL.*start again/);
    const again = start(await freePort());
    await again.says('BQS is ready', 60_000);
    expect(again.output()).not.toContain('First sync');
    await again.interrupt();
    expect(processesOf(folder)).toEqual([]);
  }, 180_000);

  it('ends with npm, however npm is told to', async () => {
    const port = await freePort();
    const npm = start(port, 'npm', ['start']);
    await npm.says('BQS is ready', 60_000);
    npm.child.kill('SIGTERM');
    await npm.ended;
    for (const until = Date.now() + 20_000; processesOf(folder).length && Date.now() < until;) {
      await new Promise((done) => setTimeout(done, 100));
    }
    expect(processesOf(folder)).toEqual([]);
  }, 120_000);

  it('says in one line that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, done));
    const { port } = server.address() as AddressInfo;
    const refused = start(port);
    expect(await refused.ended).toBe(1);
    expect(refused.output().trim().split('\n')).toHaveLength(1);
    expect(refused.output()).toContain(`Port ${port} is taken`);
    server.close();
  });
});

/** Where Postgres keeps its process id, wherever its data had to go. */
function postmasterFile(): string {
  const own = join(folder, 'postgres');
  const moved = join(own, 'moved-to');
  const place = existsSync(moved) ? readFileSync(moved, 'utf8') : own;
  return join(place, 'data', 'postmaster.pid');
}

function start(port: number, command = process.execPath, args = ['dev/start.ts']) {
  const child = spawn(command, args, {
    env: {
      NODE_ENV: 'development',
      PATH: process.env.PATH,
      PORT: String(port),
      BQS_DATA_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const says = async (text: string, withinMs: number) => {
    for (const until = Date.now() + withinMs; !output.includes(text);) {
      if (child.exitCode !== null || Date.now() > until)
        throw new Error(`No "${text}" in:\n${output}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  const interrupt = async () => {
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  };
  return { child, says, interrupt, ended, output: () => output };
}

/** Living processes that know the data folder, by their command line or their settings (Linux). */
function processesOf(place: string): string[] {
  const knows = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(place);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => knows(pid, 'cmdline') || knows(pid, 'environ'))
    .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
}
