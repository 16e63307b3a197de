// npm test: every check there is, one after the other, and their sum in the last line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { buildIfNeeded } from '#dev/build.ts';
import { ensureChromium } from './setup/browser.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const reports = 'test-results/reports';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const tallies = [
  check('Format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  check('Lint', 'eslint', ['.', '--max-warnings', '0']),
  check('Types', 'tsc', ['--noEmit']),
  build(),
  vitest('unit'),
  vitest('integration'),
  endToEnd(),
];
const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
const skipped = sum('skipped') ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') ? 1 : 0);

/** A check that either holds or does not counts as one test. */
function check(title: string, command: string, args: string[]): Tally {
  heading(title);
  return one(run(command, args) === 0);
}

function build(): Tally {
  heading('Build');
  try {
    console.log(buildIfNeeded() ? 'built' : 'unchanged since the last build');
    return one(true);
  } catch (error) {
    console.error(String(error));
    return one(false);
  }
}

function vitest(project: string): Tally {
  heading(project[0]?.toUpperCase() + project.slice(1));
  const report = `${reports}/${project}.json`;
  const status = run('vitest', [
    ...['run', '--project', project, '--reporter=dot', '--reporter=json'],
    `--outputFile.json=${report}`,
  ]);
  const result = read(report);
  return honest(status, {
    passed: Number(result?.numPassedTests ?? 0),
    failed: Number(result?.numFailedTests ?? 0),
    skipped: Number(result?.numPendingTests ?? 0),
  });
}

function endToEnd(): Tally {
  heading('End to end');
  const chromium = ensureChromium();
  if (!chromium.ok) {
    console.error(chromium.problem);
    return one(false);
  }
  const report = `${reports}/e2e.json`;
  const status = run('playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const stats = (read(report)?.stats ?? {}) as Record<string, number>;
  const { expected = 0, unexpected = 0, flaky = 0, skipped: left = 0 } = stats;
  return honest(status, { passed: expected, failed: unexpected + flaky, skipped: left });
}

/** A runner that failed without a failed test (a crash, no test found) still counts as a failure. */
function honest(status: number, tally: Tally): Tally {
  const broken = (status !== 0 && tally.failed === 0) || tally.passed === 0;
  return broken ? { ...tally, failed: tally.failed + 1 } : tally;
}

function run(command: string, args: string[], extra: Record<string, string> = {}): number {
  const result = spawnSync(`node_modules/.bin/${command}`, args, {
    stdio: 'inherit',
    env: { ...process.env, NO_UPDATE_NOTIFIER: '1', ...extra },
  });
  return result.status ?? 1;
}

function read(path: string): Record<string, unknown> | null {
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

function one(passed: boolean): Tally {
  return { passed: Number(passed), failed: Number(!passed), skipped: 0 };
}

function heading(title: string) {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 60 - title.length))}`);
}
