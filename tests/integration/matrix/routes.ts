import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Route {
  id: string;
  /** As the manifest writes it, such as `opportunities/:number/files`. */
  path: string;
  /** Whether it shows a page; else it hands out what it has. */
  page: boolean;
  /** Whether anything can be posted to it. */
  acts: boolean;
  /** Whether it is a stream of events. */
  streams: boolean;
  source: string;
}

interface Entry {
  id: string;
  path?: string;
  file: string;
  children?: Entry[];
}

/** Every route there is, as the build finds them, with what its module exports. */
export function readRoutes(): Route[] {
  const manifest = JSON.parse(
    execFileSync('node_modules/.bin/remix', ['routes', '--json'], { encoding: 'utf8' }),
  ) as Entry[];
  return manifest.flatMap(leaves).map(({ id, path = '', file }) => {
    const source = readFileSync(`app/${file}`, 'utf8');
    return {
      id,
      path,
      source,
      page: /^export default /m.test(source),
      acts: /^export (async function|const|function) action\b/m.test(source),
      streams: source.includes('eventStream('),
    };
  });
}

function leaves(entry: Entry): Entry[] {
  return entry.children ? entry.children.flatMap(leaves) : [entry];
}

/** What a program reads answers in problem JSON and leads nowhere. */
export function isApi(path: string): boolean {
  return path.startsWith('/api/') || path === '/docs/openapi.json';
}
