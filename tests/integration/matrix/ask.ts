import { isApi } from './routes.ts';
import type { Cell, Kind, Method } from './verdict.ts';

export interface Answer {
  status: number;
  location: string | null;
  body: string;
  headers: Headers;
}

/** The address of a cell: of a page, or of the data behind it. */
export function addressOf(path: string, kind: Kind, routeId: string): string {
  if (kind === 'plain' || kind === 'stream') return path;
  const [pathname = '', search = ''] = path.split('?');
  const data = pathname === '/' ? '/_root.data' : `${pathname}.data`;
  const params = new URLSearchParams(search);
  if (kind === 'part') params.set('_routes', routeId);
  return params.size > 0 ? `${data}?${params}` : data;
}

/** Asks once, follows nothing and reads all of the answer but of a stream, which would go on. */
export async function ask(
  url: string,
  method: Method,
  headers: Record<string, string>,
  body?: string,
): Promise<Answer> {
  const response = await fetch(url, { method, redirect: 'manual', headers, body });
  const stream = response.headers.get('Content-Type')?.includes('text/event-stream');
  if (stream) await response.body?.cancel();
  return {
    status: response.status,
    location: response.headers.get('Location'),
    body: stream ? '' : await response.text(),
    headers: response.headers,
  };
}

/** Asks as a cell says, with a body that asks for nothing where the method takes one. */
export function askCell(appUrl: string, cell: Cell): Promise<Answer> {
  const { row, method, kind, person, route } = cell;
  const sends = !['GET', 'HEAD', 'OPTIONS'].includes(method);
  const json = isApi(row.path);
  const headers = {
    ...person.headers,
    ...(kind === 'stream' && { Accept: 'text/event-stream' }),
    ...(sends && {
      'Content-Type': json ? 'application/json' : 'application/x-www-form-urlencoded',
    }),
  };
  const body = sends ? (json ? '{}' : 'intent=nothing') : undefined;
  return ask(appUrl + addressOf(row.path, kind, route.id), method, headers, body);
}

/** What an answer looks like, in the words of `expected`. */
export function lookOf(answer: Answer, looks: readonly string[]): string {
  const { status, location, body } = answer;
  const wanted = looks.find((look) => look.startsWith(`${status} `))?.split(' ')[1];
  if (wanted === undefined) return String(status);
  const led = location ?? body;
  return led.includes(wanted)
    ? `${status} ${wanted}`
    : `${status} ${location ?? body.slice(0, 80)}`;
}

/** Works through what there is to do, eight at a time. */
export async function inPool<T>(things: readonly T[], work: (thing: T) => Promise<void>) {
  const rest = [...things];
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
