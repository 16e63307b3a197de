// npm run check:dependencies: the packages that run in production, and under which licences. It needs no
// network; `-- --write` brings docs/dependencies.md up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Licences that ask for no more than their text to be kept. Another one is a decision for a person. */
const allowed = [
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MIT-0', 'BlueOak-1.0.0'],
  // A font, which may be passed on with what uses it.
  'OFL-1.1',
  '(Apache-2.0 AND MIT)',
  '(MIT OR CC0-1.0)',
];

/** Packages whose package.json names no licence, with the one that the LICENSE file beside it holds. */
const readByHand: Record<string, string> = { 'png-js@2.0.0': 'MIT' };

export interface Dependency {
  name: string;
  version: string;
  licence: string;
}

/** What the image installs (`npm ci --omit=dev --omit=optional`), by the lock file. */
export function productionDependencies(): Dependency[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const found = new Map<string, Dependency>();
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (!path || locked.dev || locked.optional || locked.devOptional) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const id = `${name}@${locked.version}`;
    const licence = locked.license ?? readByHand[id] ?? 'unknown';
    found.set(id, { name, version: locked.version, licence });
  }
  return [...found.values()].sort((one, other) =>
    one.name === other.name
      ? one.version < other.version
        ? -1
        : 1
      : one.name < other.name
        ? -1
        : 1,
  );
}

interface LockedPackage {
  version: string;
  license?: string;
  dev?: true;
  optional?: true;
  devOptional?: true;
}

/** Those whose licence nobody has allowed. */
export function forbiddenAmong(dependencies: readonly Dependency[]): Dependency[] {
  return dependencies.filter(({ licence }) => !allowed.includes(licence));
}

/** docs/dependencies.md as it should read. */
export function describeDependencies(dependencies: readonly Dependency[]): string {
  const licences = [...new Set(dependencies.map(({ licence }) => licence))].sort();
  const sections = licences.map((licence) => {
    const under = dependencies.filter((each) => each.licence === licence);
    const lines = under.map(({ name, version }) => `- ${name} ${version}`);
    return `## ${licence} (${under.length})\n\n${lines.join('\n')}\n`;
  });
  const head = `# What runs in production\n\n${dependencies.length} packages, by licence. Written by \`npm run check:dependencies -- --write\`; a test keeps it true.\n`;
  return [head, ...sections].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const dependencies = productionDependencies();
  const text = describeDependencies(dependencies);
  const forbidden = forbiddenAmong(dependencies);
  for (const { name, version, licence } of forbidden) {
    console.error(`${name} ${version} has the licence ${licence}, which nobody has allowed.`);
  }
  if (process.argv.includes('--write')) writeFileSync('docs/dependencies.md', text);
  const stale = readFileSync('docs/dependencies.md', 'utf8') !== text;
  if (stale) console.error('docs/dependencies.md is out of date: run it with -- --write.');
  console.log(`${dependencies.length} packages, ${forbidden.length} with a licence not allowed`);
  process.exit(forbidden.length > 0 || stale ? 1 : 0);
}
