import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

/** One of our own processes, run beside this one and ended with it. */
export interface Child {
  process: ChildProcess;
  /** Ends it: politely first, by force after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
  /** The end of what it wrote, for telling why it died. */
  lastWords(): string;
}

/**
 * What package.json gives the worker too: told how small it can be, the heap stays the same however
 * many opportunities come through (see npm run bench).
 */
export const workerFlags = ['--max-semi-space-size=16', '--max-old-space-size=512'];

const largestLog = 5 * 1024 * 1024;

/**
 * Runs a TypeScript file of ours with these settings, its output added to `logFile`: what an earlier one said as it
 * died is still wanted. The channel lets the child notice when this process is gone, however it went.
 */
export function startChild(
  file: string,
  settings: NodeJS.ProcessEnv,
  logFile: string,
  flags: string[] = [],
): Child {
  const log = openLog(logFile);
  const began = fstatSync(log).size;
  const child = spawn(process.execPath, [...flags, file], {
    // Its own group: Ctrl-C comes to it through us, in order.
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: settings,
  });
  closeSync(log);
  return { process: child, stop, lastWords };

  async function stop(graceMs = 15_000) {
    if (child.exitCode !== null || child.signalCode) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(forced);
  }

  function lastWords() {
    const written = readFileSync(logFile).subarray(began).toString();
    return written.trim().split('\n').slice(-3).join('\n');
  }
}

/** Opens a log to add to it. One that has grown large is put aside, in place of the one put aside before. */
function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLog) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
