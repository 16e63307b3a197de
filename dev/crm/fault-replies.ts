import { CrmError, errorBody, htmlPage } from './errors.ts';
import { type Fault } from './faults.ts';
import { json, type Reply } from './reply.ts';

const titles: Record<number, string> = {
  403: 'Forbidden',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The answer a fault gives in the CRM's place. */
export function faultReply(fault: Fault, now: Date): Reply {
  switch (fault.kind) {
    case 'too-many-requests':
      return {
        status: 429,
        headers: { ...retryAfter(fault, now), ...html },
        body: htmlPage('Too Many Requests'),
      };
    case 'unauthorized':
      return { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="crm"' }, body: '' };
    case 'redirect':
      return {
        status: 302,
        headers: { Location: '/oam/server/login?from=crm', ...html },
        body: htmlPage('Moved'),
      };
    case 'html':
      return { status: 200, headers: html, body: htmlPage('Sign in') };
    case 'blank':
      return json(200, '');
    case 'error-with-200':
      return json(200, oops, { 'Content-Type': 'application/vnd.oracle.adf.error+json' });
    case 'no-items':
      return json(200, '{"items":null}');
    case 'empty-claim':
      return json(200, '{"items":[],"count":5,"hasMore":true,"limit":25,"offset":0,"links":[]}');
    default: {
      const status = fault.status ?? 503;
      const headers = { ...retryAfter(fault, now), ...html };
      if (fault.body === undefined)
        return { status, headers, body: htmlPage(titles[status] ?? 'Error') };
      return { status, headers: { ...headers, 'Content-Type': 'text/plain' }, body: fault.body };
    }
  }
}

const oops = errorBody(
  new CrmError(500, 'JBO-26061: Error while opening JDBC connection.'),
  4,
).body;

const html = { 'Content-Type': 'text/html; charset=utf-8' };

function retryAfter({ retryAfter: after, seconds = 2 }: Fault, now: Date): Record<string, string> {
  if (after === undefined) return {};
  if (after !== 'date') return { 'Retry-After': String(after) };
  return { 'Retry-After': new Date(now.getTime() + seconds * 1000).toUTCString() };
}
