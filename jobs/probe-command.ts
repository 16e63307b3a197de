// npm run crm:probe [-- --number X]: asks the CRM what it is like and says which settings follow.
import { parseArgs } from 'node:util';
import { env } from '#app/lib/env.server.ts';
import { faultLine } from '#app/lib/fault-line.ts';
import { oracleConfig } from './oracle/config.ts';
import { probe } from './oracle/probe.ts';
import type { Finding } from './oracle/probe-findings.ts';

const usage = 'Usage: npm run crm:probe [-- --number OPTY_NUMBER_OF_SOMEBODY_ELSE]';
const marks: Record<Finding['level'], string> = { good: 'ok', note: '-', warning: '!', bad: 'NO' };

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The probe broke: ${faultLine(error)}`);
  process.exitCode = 1;
}

/** Returns the exit code: 1 where no sync can work, or the command was not understood. */
async function main(): Promise<number> {
  const number = readNumber();
  if (number === undefined) {
    console.error(usage);
    return 1;
  }
  const config = oracleConfig(env);
  console.log(`Probing the CRM at ${new URL(config.baseUrl).host}. Nothing is written there.`);
  const settings = new Map<string, string>();
  const lacking: string[] = [];
  const blocking: string[] = [];
  for await (const { title, findings } of probe(config, { number, signal: quitting() })) {
    console.log(`\n${title}`);
    for (const finding of findings) {
      console.log(lineOf(finding));
      for (const [name, value] of Object.entries(finding.settings ?? {})) settings.set(name, value);
      if (finding.lacks) lacking.push(finding.lacks);
      if (finding.blocks) blocking.push(finding.words);
    }
  }
  if (settings.size > 0) console.log('\nSettings that follow:');
  for (const [name, value] of settings) console.log(`${name}=${value}`);
  if (lacking.length > 0) console.log('\nStill missing:');
  for (const words of lacking) console.log(`  ${words}`);
  if (blocking.length === 0) return 0;
  console.error(`\nThe sync cannot work like this:`);
  for (const words of blocking) console.error(`  ${words}`);
  return 1;
}

function lineOf({ level, words, sure }: Finding): string {
  const doubt = sure === 'sure' ? '' : ` (${sure === 'likely' ? 'likely' : 'not certain'})`;
  return `  ${marks[level].padEnd(3)} ${words}${doubt}`;
}

/** Null where none is named, undefined where the command line is not understood. */
function readNumber(): string | null | undefined {
  try {
    const options = { number: { type: 'string' } } as const;
    const { values } = parseArgs({ options, strict: true, allowPositionals: false });
    return values.number ?? null;
  } catch {
    return undefined;
  }
}

function quitting(): AbortSignal {
  const controller = new AbortController();
  const quit = () => controller.abort(new Error('stopped at the keyboard'));
  process.once('SIGINT', quit).once('SIGTERM', quit);
  return controller.signal;
}
