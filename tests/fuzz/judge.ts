import { probe } from './hostile.ts';
import { tagsOf } from './markup.ts';
import type { Person } from './plan.ts';
import type { Answer } from './wire.ts';

export interface Judged {
  person: Person;
  /** Whether a session went along. */
  signedIn: boolean;
  origin: string;
  path: string;
  /** Marks of rows this person may not see. */
  foreign: readonly string[];
  /** Statuses from 500 on that the route may give: a probe of health says 503 where something is out. */
  mayFail: readonly number[];
  longestMs: number;
}

const traces = [
  /\n\s+at .{0,200}[\w.]+:\d+:\d+/,
  /(?:file:\/\/|[( ]\/)[\w./-]*(?:node_modules|build\/server|app\/(?:routes|models|services))\//,
  /PrismaClient|Invalid `[\w.]*\(?|Raw query failed|\bP20\d\d\b/,
  /syntax error at or near|invalid input syntax|invalid byte sequence|violates (?:unique|foreign|check|not-null)/,
  /(?:relation|column) ".{1,60}" does not exist|unterminated quoted|out of range for type/,
  /ECONNREFUSED|ECONNRESET|ENOENT|ERR_[A-Z]{3}|(?:Type|Reference|Range|Syntax|URI|Zod)Error\b/,
];

/** Everything that is wrong with an answer, in words. */
export function judge(answer: Answer, asked: Judged): string[] {
  const type = String(answer.headers['content-type'] ?? '');
  return [
    ...statusFaults(answer, asked),
    ...traces.flatMap((trace) => {
      const found = trace.exec(answer.body)?.[0];
      return found ? [`tells of its inside: ${found.trim().slice(0, 120)}`] : [];
    }),
    ...(type.startsWith('text/html') ? markupFaults(answer.body) : []),
    ...asked.foreign
      .filter((mark) => answer.body.includes(mark))
      .map((mark) => `shows ${mark} to ${asked.person}`),
    ...headerFaults(answer, asked, type),
  ];
}

function statusFaults({ status, ms }: Answer, { mayFail, longestMs }: Judged): string[] {
  return [
    ...(status >= 500 && !mayFail.includes(status) ? [`answers ${status}`] : []),
    ...(ms > longestMs ? [`took ${ms} ms`] : []),
  ];
}

/** An element or an attribute that what was sent has made. */
function markupFaults(html: string): string[] {
  return tagsOf(html).flatMap(({ name, attributes }) => {
    const made = name.includes(probe) || [...attributes.keys()].some((key) => key.includes(probe));
    const leads = ['href', 'src', 'action', 'formaction'].some((key) =>
      /^\s*javascript:/i.test(attributes.get(key) ?? ''),
    );
    return made || leads
      ? [`does not escape: <${name} ${[...attributes.keys()].join(' ').slice(0, 100)}>`]
      : [];
  });
}

function headerFaults(answer: Answer, { signedIn, origin, path }: Judged, type: string): string[] {
  const { headers, status, rawHeaders, body } = answer;
  const faults: string[] = [];
  // What is no HTTP at all is answered before any of ours is asked.
  if (status === 400 && headers['x-request-id'] === undefined) return faults;
  if (headers['x-content-type-options'] !== 'nosniff') faults.push('has no nosniff');
  if (body !== '' && type === '') faults.push('has a body of no type');
  if (Object.keys(headers).some((name) => name.includes(probe)))
    faults.push('has a header of ours');
  if (rawHeaders.some((text) => text.startsWith(`${probe}=`))) faults.push('sets a cookie of ours');
  if (rawHeaders.some((text) => /[\r\n]/.test(text))) faults.push('breaks a header');
  const personal = signedIn && !path.startsWith('/.ory/') && ![304, 405].includes(status);
  if (personal && !String(headers['cache-control']).includes('no-store'))
    faults.push('may be kept by a cache');
  const to = headers.location;
  if (to !== undefined && (!URL.canParse(to, origin) || new URL(to, origin).origin !== origin))
    faults.push(`leads away to ${to}`);
  if (headers['access-control-allow-origin'] !== undefined)
    faults.push('opens itself to other sites');
  return faults;
}
