import { getCollection } from './collection.ts';
import { describedAttributes, frameworkOf, type Crm, type CrmRequest } from './crm.ts';
import {
  describeOpportunities,
  describeVersion,
  isVersion,
  statusList,
  versionList,
} from './describe.ts';
import { CrmError, errorBody } from './errors.ts';
import { faultReply } from './fault-replies.ts';
import { answersItself } from './faults.ts';
import { answerItem, notFound } from './item.ts';
import { json, type Reply } from './reply.ts';

export type RawRequest = Omit<CrmRequest, 'framework' | 'base'>;

const root = '/crmRestApi/resources';

/** Answers a request to the CRM or to the token endpoint beside it. Throws nothing. */
export function answer(crm: Crm, request: RawRequest): Reply {
  if (request.faults.some(({ kind }) => kind === 'revoke-tokens')) crm.gate.revokeAll();
  const fault = request.faults.find(answersItself);
  if (fault) return faultReply(fault, crm.dataset.clock());
  if (request.path === '/oauth2/v1/token' && request.method === 'POST') {
    return crm.gate.token(headerOf(request, 'authorization'), request.body);
  }
  let framework = 1;
  try {
    crm.gate.check(headerOf(request, 'authorization'));
    framework = frameworkOf(request.headers['rest-framework-version']);
    const reply = route(crm, request, framework);
    reply.headers['REST-Framework-Version'] = String(framework);
    return reply;
  } catch (error) {
    return refusal(error, framework);
  }
}

function headerOf(request: RawRequest, name: string): string | undefined {
  const header = request.headers[name];
  return typeof header === 'string' ? header : undefined;
}

function refusal(error: unknown, framework: number): Reply {
  const known =
    error instanceof CrmError
      ? error
      : new CrmError(500, `JBO-29000: Unexpected exception: ${String(error)}`, { code: '29000' });
  if (known.status === 401) return { status: 401, headers: { ...known.headers }, body: '' };
  const { contentType, body } = errorBody(known, framework);
  return { status: known.status, headers: { ...known.headers, 'Content-Type': contentType }, body };
}

function route(crm: Crm, request: RawRequest, framework: number): Reply {
  const { path, method, headers } = request;
  if (path !== root && !path.startsWith(`${root}/`)) throw notFound(path);
  const [version = '', resource = '', ...rest] = path.slice(root.length + 1).split('/');
  const origin = `http://${headers.host ?? '127.0.0.1'}`;
  if (version === '') return json(200, versionList(`${origin}${root}`));
  if (!isVersion(version)) throw notFound(path);
  const full: CrmRequest = { ...request, framework, base: `${origin}${root}/${version}` };
  if (resource === 'opportunities' && rest.join('') !== '' && rest[0] !== 'describe') {
    return answerItem(crm, full, rest);
  }
  if (method !== 'GET')
    throw new CrmError(405, 'Method not allowed.', { headers: { Allow: 'GET' } });
  if (resource === 'describe') return json(200, describeVersion(full.base));
  if (resource === 'optyStatusesLOV') return json(200, statusList);
  if (resource !== 'opportunities') throw notFound(path);
  if (rest[0] === 'describe') {
    return json(200, describeOpportunities(describedAttributes(crm, full), full.base));
  }
  return getCollection(crm, full);
}
