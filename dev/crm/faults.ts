/** Answers given instead of the real one. */
const answers = ['too-many-requests', 'status', 'unauthorized', 'redirect', 'html'] as const;
/** Real answers spoiled on their way out. */
const transports = ['truncated', 'cut', 'reset', 'drip', 'hang', 'latency'] as const;
/** Pages that are not what was asked for. */
const pages = [
  'cap',
  'has-more-false',
  'has-more-true',
  'total',
  'duplicate-row',
  'empty-page',
  'ignore-q',
  'ignore-order',
  'reshuffle',
  'missing-attribute',
  'retyped-attribute',
  'new-attribute',
] as const;
/** What holds while the fault stands, or happens to the server's state. */
const states = ['clock', 'revoke-tokens'] as const;

export const faultKinds = [...answers, ...transports, ...pages, ...states];
export type FaultKind = (typeof faultKinds)[number];

/** When a fault strikes; absent parts always match. */
export interface FaultMatch {
  /** Part of the decoded path and query. Without it the fault spares the token endpoint. */
  path?: string;
  method?: string;
  /** Strikes from the request after so many matching ones. */
  afterRequests?: number;
  /** Strikes at this matching request alone, counted from 1. */
  nth?: number;
  /** Strikes only pages whose filter asks for OptyId above at least this one. */
  cursorAbove?: string;
}

export interface Fault {
  kind: FaultKind;
  match?: FaultMatch;
  /** How often it strikes; absent: until cleared. */
  times?: number;
  /** `status`: 500, 502, 503 … as an HTML page, or `body` as text. */
  status?: number;
  body?: string;
  /** `too-many-requests` and `status`: seconds, `date` for an HTTP date `seconds` ahead; absent: no header. */
  retryAfter?: number | 'date';
  seconds?: number;
  /** `clock`: how far the CRM's clock is ahead; negative is behind. */
  minutes?: number;
  /** `cap`: the most rows per page from now on. */
  cap?: number;
  /** `total`: the lie told; absent: the size of the page. */
  total?: number;
  /**
   * `missing-attribute`: what `describe`, records and filters no longer know. `retyped-attribute` and
   * `new-attribute`: what `describe` has otherwise than records do.
   */
  attribute?: string;
  /** `drip`: bytes per drop, `delayMs` apart. `latency`: how long an answer waits. */
  bytes?: number;
  delayMs?: number;
}

export interface FaultRequest {
  target: string;
  method: string;
  idAbove: bigint | null;
}

interface Standing {
  id: number;
  fault: Fault;
  seen: number;
  left: number;
}

/** The faults that stand. They are checked in the order they were added. */
export class Faults {
  private standing: Standing[] = [];
  private nextId = 1;

  /** Adds a fault; returns its number for `remove`. Throws TypeError on one that makes no sense. */
  add(fault: Fault): number {
    if (!faultKinds.includes(fault.kind)) throw new TypeError(`Unknown fault ${fault.kind}.`);
    if (!/^\d+$/.test(fault.match?.cursorAbove ?? '0')) {
      throw new TypeError('cursorAbove is an OptyId, written as text.');
    }
    const id = this.nextId++;
    this.standing.push({ id, fault, seen: 0, left: fault.times ?? Infinity });
    return id;
  }

  remove(id: number): void {
    this.standing = this.standing.filter((one) => one.id !== id);
  }

  clear(): void {
    this.standing = [];
  }

  list(): Fault[] {
    return this.standing.map(({ fault }) => fault);
  }

  /** Milliseconds the CRM's clock is ahead of the real one. */
  get skewMs(): number {
    const minutes = this.standing
      .filter(({ fault }) => fault.kind === 'clock')
      .map(({ fault }) => fault.minutes ?? 0);
    return minutes.reduce((sum, each) => sum + each, 0) * 60_000;
  }

  /** Which faults strike a request. Counts it, and uses up those that strike a limited number of times. */
  strike(request: FaultRequest): Fault[] {
    const struck = this.standing.filter((one) => strikes(one, request));
    for (const one of struck) one.left--;
    this.standing = this.standing.filter(({ left }) => left > 0);
    return struck.map(({ fault }) => fault);
  }
}

function strikes(one: Standing, { target, method, idAbove }: FaultRequest): boolean {
  if (one.fault.kind === 'clock') return false;
  const match = one.fault.match ?? {};
  if (match.path === undefined ? target.startsWith('/oauth2/') : !target.includes(match.path)) {
    return false;
  }
  if (match.method !== undefined && match.method !== method) return false;
  if (match.cursorAbove !== undefined && (idAbove ?? -1n) < BigInt(match.cursorAbove)) return false;
  one.seen++;
  if (match.nth !== undefined && one.seen !== match.nth) return false;
  return one.seen > (match.afterRequests ?? 0);
}

/** Whether a fault answers in the CRM's place. */
export function answersItself(fault: Fault): boolean {
  return (answers as readonly string[]).includes(fault.kind);
}

/** Whether a fault spoils the answer on its way. */
export function spoilsTransport(fault: Fault): boolean {
  return (transports as readonly string[]).includes(fault.kind);
}
