import { Fault } from '../errors.ts';
import { isRecord } from '../schema.ts';

const denied = ['/id', '/stateChangedAt', '/credentials'];

const refusal = (message: string) =>
  new Fault(400, message, { reason: 'The JSON patch could not be applied.' });

interface Operation {
  op: 'add' | 'replace' | 'remove' | 'test';
  path: string;
  value?: unknown;
}

function readOperation(value: unknown): Operation {
  if (!isRecord(value) || typeof value['path'] !== 'string') {
    throw refusal('an operation needs op and path');
  }
  const { op, path } = value;
  if (op !== 'add' && op !== 'replace' && op !== 'remove' && op !== 'test') {
    throw refusal(`the operation ${String(op)} is not supported`);
  }
  const at = path.toLowerCase();
  if (denied.some((one) => at === one.toLowerCase()) || at.startsWith('/credentials/oidc')) {
    throw refusal(`patch includes denied path: ${path}`);
  }
  return { op, path, value: value['value'] };
}

const unescape = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

function apply(document: Record<string, unknown>, { op, path, value }: Operation): void {
  const parts = path.split('/').slice(1).map(unescape);
  const last = parts.pop();
  if (last === undefined || [...parts, last].includes('__proto__'))
    throw refusal(`no path ${path}`);
  let inner = document;
  for (const part of parts) {
    if (!isRecord(inner[part])) inner[part] = {};
    inner = inner[part] as Record<string, unknown>;
  }
  if (op === 'remove') delete inner[last];
  else if (op !== 'test') inner[last] = value;
  else if (JSON.stringify(inner[last]) !== JSON.stringify(value)) throw refusal('a test failed');
}

/**
 * The document with an RFC 6902 patch applied (add, replace, remove, test on objects); missing
 * parents are made, as Kratos does. Throws 400 for anything else and for paths that are closed.
 */
export function patched(document: Record<string, unknown>, patch: unknown) {
  if (!Array.isArray(patch)) throw refusal('a JSON patch is an array of operations');
  const copy = structuredClone(document);
  for (const operation of patch.map(readOperation)) apply(copy, operation);
  return copy;
}
