import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { auditParameters } from '#app/domain/audit-address.ts';
import { topics } from '#app/domain/notification.ts';
import { listParameters } from '#app/domain/opportunity-query.ts';

/** How source says the name of a parameter or a field it reads, or writes into a form. */
const patterns = [
  /\.(?:get|getAll|has)\(\s*'([^'\s]{1,40})'/g,
  /\b(?:given|value|typedValue|parameter)\((?:typed, )?'([^'\s]{1,40})'/g,
  /\bname="([^"\s{]{1,40})"/g,
];
const joined = /`([a-zA-Z-]+)\.\$\{/g;
const schemas = /z\s*\.?(?:strictObject|object)\(\{([\s\S]*?)\}\)/g;
const lists = /\[((?:\s*'[\w-]{1,30}',?)+)\s*\]\s*(?:as const)?\s*\.map/g;
const intents = [
  /intent: z\.(?:literal|enum)\(\[?([^)]*)\)/g,
  /name="intent"[^>]*?value="([^"]+)"/g,
  /case '([\w.-]+)':/g,
  /\bintent(?:=|: |\) === )["']([\w.-]+)["']/g,
  /value="([a-z][a-z.-]{2,30})"/g,
];

export interface Names {
  /** Of query parameters and form fields: what is read in one place is tried in every other. */
  fields: string[];
  intents: string[];
  /** What a name begins with that is put together: `rating` of `rating.STRAT`. */
  prefixes: string[];
}

/** Collects names from the source itself, so that a new one is tried without anybody adding it here. */
export function namesRead(): Names {
  const fields = new Set<string>([...Object.keys(listParameters), ...auditParameters, ...topics]);
  const prefixes = new Set<string>();
  const asked = new Set<string>();
  for (const file of sources()) {
    const text = readFileSync(file, 'utf8');
    for (const [, prefix = ''] of text.matchAll(joined)) prefixes.add(prefix);
    if (readsInput.test(file) || /FormData|searchParams|URLSearchParams|name="/.test(text)) {
      for (const pattern of patterns)
        for (const [, name = ''] of text.matchAll(pattern)) fields.add(name);
      for (const [, list = ''] of text.matchAll(lists))
        quoted(list).forEach((name) => fields.add(name));
      for (const [, shape = ''] of text.matchAll(schemas)) {
        for (const [, key = ''] of shape.matchAll(/(?:^|[\s,{])(\w{1,40})(?=[:,]|\s*$)/g))
          fields.add(key);
      }
    }
    for (const pattern of intents) {
      for (const [, found = ''] of text.matchAll(pattern)) {
        (found.includes("'") ? quoted(found) : [found]).forEach((intent) => asked.add(intent));
      }
    }
  }
  // The names of one criterion, one row and one band, as far as there are such fields.
  for (const prefix of prefixes)
    for (const rest of ['STRAT', '0.name', 'pursue']) fields.add(`${prefix}.${rest}`);
  return { fields: [...fields].sort(), intents: [...asked].sort(), prefixes: [...prefixes] };
}

const readsInput =
  /^app\/(domain\/[\w-]*(form|query|intent|filter|address)[\w-]*|routes\/.*)\.tsx?$/;

function sources(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'app'], {
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|generated/.test(file));
}

function quoted(list: string): string[] {
  return [...list.matchAll(/'([^']+)'/g)].map(([, word = '']) => word);
}
