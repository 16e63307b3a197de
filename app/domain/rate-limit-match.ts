import { plainPath } from './plain-path.ts';
import {
  flowLimits,
  login,
  mailFlows,
  viewerLimits,
  type FlowStep,
  type RateLimit,
} from './rate-limit.ts';

/** The limits a request to the identity server counts towards. */
export function flowLimitsOf(method: string, path: string, steps: readonly FlowStep[]) {
  return flowLimits.filter(
    (limit) =>
      covers(limit, method, path) &&
      (!limit.steps || limit.steps.some((step) => steps.includes(step))),
  );
}

/** The limit a signed-in person's request counts towards; null where it is not counted. */
export function viewerLimitOf(method: string, path: string): RateLimit | null {
  return viewerLimits.find((limit) => covers(limit, method, plainPath(path))) ?? null;
}

function covers(limit: RateLimit, method: string, path: string): boolean {
  return limit.methods.includes(method) && limit.path.test(path);
}

/** Fields that name the address a code is mailed to. */
export const mailFields = ['email', 'recovery_confirm_address', 'recovery_address'];

/** What a form of a flow does, judged by its fields; names are lower case. */
export function stepsOf(path: string, fields: ReadonlyMap<string, string>): FlowStep[] {
  const has = (...names: string[]) => names.some((name) => fields.get(name)?.trim());
  if (mailFlows.test(path)) {
    const steps: FlowStep[] = has(...mailFields) ? ['mail'] : [];
    return has('code', 'token') || steps.length === 0 ? [...steps, 'code'] : steps;
  }
  if (!login.test(path)) return ['any'];
  const secret = has('password', 'code', 'totp_code', 'lookup_secret');
  if (fields.get('method') === 'identifier_first' && !secret) return ['begin'];
  return has('identifier') ? ['account'] : ['factor'];
}

/**
 * A client's address as one counts it: the network of an IPv6 address, since whoever has one address of it
 * has them all.
 */
export function countedAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(':')) return mapped ?? address;
  const [head = '', tail = ''] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const [front, back] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}

/** What happened and what to do, for whoever did something too often. */
export function tooOftenWords({ what }: RateLimit, retryAfter: number): string {
  const wait =
    retryAfter <= 90 ? `${retryAfter} seconds` : `about ${Math.ceil(retryAfter / 60)} minutes`;
  return `${what} too often in a short time, so this was not carried out. Try again in ${wait}.`;
}
