import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parseEnvironment } from '../app/lib/environment.ts';
import type { Settings } from './embedded.ts';

/** A reason not to start that a person can act on: one line. */
export class CannotStart extends Error {}

const neededBytes = 400 * 1024 * 1024;

// Stand for what the embedded parts will provide, so that the rest can be checked before them.
const stand = 'http://127.0.0.1:1';
const databaseStandIn = { DATABASE_URL: 'postgresql://127.0.0.1:1/bqs' };
const oryStandIns = { ORY_PUBLIC_URL: stand, ORY_ADMIN_URL: stand };
const crmStandIns = { ORACLE_BASE_URL: stand, ORACLE_USERNAME: 'x', ORACLE_PASSWORD: 'x' };

/** The settings of `.env` under those of the process. Throws CannotStart naming a line that is neither. */
export function readSettings(folder = '.'): Settings {
  const file = join(folder, '.env');
  const given = Object.fromEntries(
    Object.entries(process.env).filter(([, value]) => value?.trim()),
  );
  if (!existsSync(file)) return given;
  const text = readFileSync(file, 'utf8');
  // A quoted value may run over lines; emptied, its lines still count.
  const unquoted = text.replace(
    /=[ \t]*(["'`])[^]*?\1/g,
    (quoted) => `=${quoted.replace(/[^\n]/g, '')}`,
  );
  const isSetting = /^\s*(#.*|(export\s+)?[\w.]+\s*=.*)?$/;
  const wrong = unquoted.split(/\r?\n/).findIndex((line) => !isSetting.test(line));
  if (wrong >= 0) throw new CannotStart(`Line ${wrong + 1} of .env is not KEY=value.`);
  return { ...parseEnv(text), ...given };
}

/** Checks what would otherwise fail halfway: settings, port, disk, a second start in this folder. */
export async function preflight(settings: Settings): Promise<{ port: number; appUrl: string }> {
  const embeds = settings.NODE_ENV !== 'production';
  const crm = embeds && !settings.ORACLE_BASE_URL ? crmStandIns : {};
  const ory = embeds && !settings.ORY_PUBLIC_URL && !settings.ORY_ADMIN_URL ? oryStandIns : {};
  const database = embeds ? databaseStandIn : {};
  const parsed = parseEnvironment({ ...database, ...ory, ...crm, ...settings });
  if (!parsed.ok) throw new CannotStart(`BQS cannot start: ${parsed.problem}. See .env.example.`);
  const { PORT: port, APP_URL: appUrl } = parsed.environment;
  await refuseTakenPort(port);
  return { port, appUrl };
}

/** Makes the data folder and takes it for this process until the returned function is called. */
export function claimFolder(folder: string): () => void {
  try {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const file = join(folder, 'start.pid');
    const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (other && runsStart(other)) {
      throw new CannotStart(
        `BQS already runs from this folder (process ${other}). Stop that one first.`,
      );
    }
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < neededBytes) {
      const free = Math.round((bavail * bsize) / 1024 / 1024);
      throw new CannotStart(`The disk is full: ${free} MB free at ${folder}, BQS needs 400 MB.`);
    }
    writeFileSync(file, String(process.pid));
    return () => rmSync(file, { force: true });
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`BQS cannot write to ${folder}: ${(error as Error).message}`);
  }
}

function runsStart(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const command = `/proc/${pid}/cmdline`;
    return existsSync(command) ? readFileSync(command, 'utf8').includes('start.ts') : true;
  } catch {
    return false;
  }
}

async function refuseTakenPort(port: number) {
  const probe = createServer();
  const problem = await new Promise<NodeJS.ErrnoException | null>((done) => {
    probe.once('error', done);
    probe.listen(port, () => done(null));
  });
  if (problem?.code === 'EADDRINUSE') {
    throw new CannotStart(`Port ${port} is taken. Free it, or choose another: PORT=3001 npm start`);
  }
  if (problem) throw new CannotStart(`Port ${port} cannot be used: ${problem.message}`);
  await new Promise((done) => probe.close(done));
}
