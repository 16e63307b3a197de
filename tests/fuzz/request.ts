import { formsOf, type Form } from './markup.ts';
import type { Body, Change, Pair, Plan, Spelling } from './plan.ts';
import type { Wire } from './wire.ts';

export interface RouteFacts {
  id: string;
  /** As the manifest has it: `opportunities/:number/files`. */
  path: string;
}

/** What the world offers for the parameters of a path, by name. */
export type Pool = Record<string, readonly string[]>;

/** The address of a plan, without its query. */
export function pathOf(plan: Plan, route: RouteFacts, pool: Pool): string {
  let next = 0;
  const parts = route.path
    .split('/')
    .filter(Boolean)
    .map((part) => {
      if (!part.startsWith(':') && part !== '*') return part;
      const drawn = plan.parameters[next++] ?? 0;
      if (typeof drawn === 'string') return spelled(drawn, plan.spelling);
      const known = pool[part.replace(/[:?]/g, '')] ?? ['1'];
      const value = known[drawn % known.length] ?? '1';
      return part === '*' ? value : encodeURIComponent(value);
    });
  return `/${parts.join('/')}`;
}

/**
 * The whole address, with `.data` where the data behind the page is asked for. That of a stream of events
 * would come when the stream ends.
 */
export function addressOf(plan: Plan, route: RouteFacts, pool: Pool): string {
  const path = pathOf(plan, route, pool);
  const query = plan.query.map(
    ([name, value]) => `${spelled(name, plan.spelling)}=${spelled(value, plan.spelling)}`,
  );
  if (plan.data === 'page' || /^\/(api|\.ory|healthz|readyz|sync\/stream)/.test(path))
    return withQuery(path, query);
  const routes = plan.data === 'data-of' ? [`_routes=${encodeURIComponent(route.id)}`] : [];
  return withQuery(path === '/' ? '/_root.data' : `${path}.data`, [...routes, ...query]);
}

function withQuery(path: string, query: string[]): string {
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

/** What cannot go over the wire at all is percent-encoded in every spelling. */
function spelled(value: string, spelling: Spelling): string {
  const encoded = encodeURIComponent(value.toWellFormed());
  if (spelling === 'twice') return encodeURIComponent(encoded);
  if (spelling === 'encoded') return encoded;
  return value
    .toWellFormed()
    .replace(/[^\x21-\x7e]|[#\\"<>^`{|}]/gu, (sign) => encodeURIComponent(sign))
    .replaceAll(' ', '%20');
}

export interface BuiltBody {
  type: string | null;
  bytes: Buffer | null;
}

/** The body of a plan; a page's own form is built by `ownForm`. */
export function bodyOf(body: Exclude<Body, { kind: 'own-form' }>): BuiltBody {
  switch (body.kind) {
    case 'none':
      return { type: null, bytes: null };
    case 'form':
      return urlencoded(body.fields);
    case 'json':
      return { type: 'application/json', bytes: body.bytes };
    case 'noise':
      return { type: 'application/x-www-form-urlencoded', bytes: body.bytes };
    case 'files':
      return multipart(body.names, body.bytes);
  }
}

function urlencoded(fields: Pair[]): BuiltBody {
  return {
    type: 'application/x-www-form-urlencoded',
    bytes: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

/** Files whose names are hostile; a name's own quotes and line ends are what is tried. */
function multipart(names: Pair[], bytes: number): BuiltBody {
  const boundary = 'bqs-boundary';
  const content = `%PDF-1.7\n${'0'.repeat(bytes)}`;
  const parts = [['file', 'a.pdf'] as Pair, ...names].map(
    ([name, file], index) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${index === 0 ? 'file' : name}"; filename="${file}"\r\n` +
      `Content-Type: application/pdf\r\n\r\n${content}\r\n`,
  );
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.from(`${parts.join('')}--${boundary}--\r\n`),
  };
}

/** One of the forms a page shows, as its reader might send it and not quite; null where it shows none. */
export function ownForm(
  html: string,
  page: string,
  body: Extract<Body, { kind: 'own-form' }>,
): { form: Form; built: BuiltBody } | null {
  const forms = formsOf(html, page).filter(({ method }) => method === 'POST');
  const form = forms[body.which % Math.max(1, forms.length)];
  if (!form) return null;
  const button = form.buttons[body.button % Math.max(1, form.buttons.length)];
  const fields: Pair[] = [...form.fields, ...(button ? [button] : [])];
  return { form, built: urlencoded([...changed(fields, body.changes), ...body.extra]) };
}

function changed(fields: Pair[], changes: Change[]): Pair[] {
  // What is left empty stays a gap in many forms: a reader would have typed something.
  let result = fields.map(([name, value]): Pair => [name, value === '' ? filling(name) : value]);
  for (const { at, how, value } of fields.length > 0 ? changes : []) {
    if (result.length === 0) break;
    const index = at % result.length;
    const [name = '', old = ''] = result[index] ?? [];
    if (how === 'drop') result = result.toSpliced(index, 1);
    else if (how === 'double') result = [...result, [name, value]];
    else if (how === 'append') result = result.with(index, [name, old + value]);
    else result = result.with(index, [name, value]);
  }
  return result;
}

function filling(name: string): string {
  if (/due|until|day|from|to$|since/.test(name)) return '2027-01-31';
  return /reason|note|rationale|body|name|condition|summary/.test(name) ? 'Typed by somebody.' : '';
}

/** Puts a request together; headers of the plan come last and win. */
export function wireOf(
  plan: Plan,
  {
    path,
    cookie,
    built,
    origin,
  }: { path: string; cookie: string | null; built: BuiltBody; origin: string },
): Wire {
  const reads = plan.method === 'GET' || plan.method === 'HEAD' || plan.method === 'OPTIONS';
  const own = plan.headers.filter(([name]) => name !== 'Cookie');
  const more = plan.headers.filter(([name]) => name === 'Cookie').map(([, value]) => value);
  const cookies = [...(cookie ? [cookie] : []), ...more].join('; ');
  const headers = new Map<string, string>();
  if (!reads) headers.set('Origin', origin);
  if (!reads && built.type) headers.set('Content-Type', built.type);
  if (cookies) headers.set('Cookie', cookies);
  for (const [name, value] of own) headers.set(name, value);
  if (!reads && built.bytes && !headers.has('Transfer-Encoding'))
    headers.set('Content-Length', String(built.bytes.length));
  if (reads) headers.delete('Transfer-Encoding');
  return { method: plan.method, path, headers: [...headers], body: reads ? null : built.bytes };
}
