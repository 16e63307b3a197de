import { type Crm } from './crm.ts';
import { type Fault } from './faults.ts';
import { json, type Reply } from './reply.ts';

/**
 * What people and tests steer a running simulator by; no part of the CRM's own API, so it asks for no
 * credentials. Undefined where the path is none of its own.
 */
export function answerControl(
  crm: Crm,
  method: string,
  path: string,
  body: string,
): Reply | undefined {
  if (path === '/__faults') return answerFaults(crm, method, body);
  if (path !== '/__evolve' || method !== 'POST') return undefined;
  const { steps } = parse(body || '{"steps":10}') as { steps?: unknown };
  if (!Number.isInteger(steps) || Number(steps) < 0 || Number(steps) > 100_000) {
    return problem('steps is a whole number up to 100000');
  }
  return json(200, JSON.stringify(crm.dataset.evolve(Number(steps))));
}

function answerFaults(crm: Crm, method: string, body: string): Reply | undefined {
  if (method === 'DELETE') crm.faults.clear();
  else if (method === 'POST') {
    const given = parse(body);
    try {
      for (const fault of Array.isArray(given) ? given : [given]) crm.faults.add(fault as Fault);
    } catch (error) {
      return problem(error instanceof Error ? error.message : 'unknown fault');
    }
  } else if (method !== 'GET') return undefined;
  return json(200, JSON.stringify(crm.faults.list()));
}

function parse(body: string): Record<string, unknown> | unknown[] {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function problem(error: string): Reply {
  return json(400, JSON.stringify({ error }));
}
