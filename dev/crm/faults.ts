/** Answers given instead of the real one. */
const answers = [
  'too-many-requests',
  'status',
  'unauthorized',
  'redirect',
  'html',
  // A 200 that holds nothing, an error, no list, or an empty list that says it is not.
  'blank',
  'error-with-200',
  'no-items',
  'empty-claim',
] as const;
/** Real answers spoiled on their way out. */
const transports = [
  'truncated',
  'cut',
  'reset',
  'drip',
  'hang',
  'latency',
  'gzip-broken',
  'broken-bytes',
  'content-type',
] as const;
/** Pages of other rows than were asked for, or of the right rows and a lie beside them. */
const selections = [
  'cap',
  'has-more-false',
  'has-more-true',
  'total',
  'duplicate-row',
  'twice-on-page',
  'empty-page',
  'ignore-q',
  'ignore-bound',
  'ignore-order',
  'descending',
  'reshuffle',
  'missing-attribute',
  'retyped-attribute',
  'new-attribute',
] as const;
/** Answers whose text is not what the CRM would write. */
const writings = [
  'count',
  // The list ends between two records: with the rest of the answer after it, without, or closed wrongly.
  'list-cut',
  'list-closed',
  'wrong-closing',
  'hole',
  'items-twice',
  'stale-page',
  'duplicate-keys',
  'numbers-as-text',
  'numbers-as-exponents',
] as const;
/** What holds while the fault stands, or happens to the server's state before it answers. */
const states = [
  'clock',
  'commit-lag',
  'revoke-tokens',
  'evolve',
  'mass-update',
  'hide-rows',
  'remove-rows',
] as const;

const faultKinds = [...answers, ...transports, ...selections, ...writings, ...states];
export type FaultKind = (typeof faultKinds)[number];

/** What a request is for; `other` is whatever the sync never asks. */
export type RequestedResource = 'page' | 'record' | 'describe' | 'token' | 'other';

/** When a fault strikes; absent parts always match. */
export interface FaultMatch {
  /** Part of the decoded path and query. Without it the fault spares the token endpoint. */
  path?: string;
  method?: string;
  resource?: RequestedResource;
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
  /** `commit-lag`: how long after its stamp a change shows. */
  seconds?: number;
  /** `clock`: how far the CRM's clock is ahead; negative is behind. */
  minutes?: number;
  /** `cap`: the most rows per page from now on. */
  cap?: number;
  /** `total`: the lie told; absent: the size of the page. */
  total?: number;
  /** `count`: the lie told. */
  count?: number;
  /** `ignore-bound`: the end of the filter that does not count. */
  bound?: 'above' | 'upTo' | 'since';
  /** `mass-update`, `hide-rows`, `remove-rows`: how many, taken from the middle. `evolve`: `steps`. */
  rows?: number;
  steps?: number;
  /** `content-type`: the lie told; absent: text/html. */
  contentType?: string;
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
  resource?: RequestedResource;
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

  /** How long after its stamp a change shows, in milliseconds. */
  get lagMs(): number {
    const seconds = this.standing
      .filter(({ fault }) => fault.kind === 'commit-lag')
      .map(({ fault }) => fault.seconds ?? 60);
    return Math.max(0, ...seconds) * 1000;
  }

  /** Which faults strike a request. Counts it, and uses up those that strike a limited number of times. */
  strike(request: FaultRequest): Fault[] {
    const struck = this.standing.filter((one) => strikes(one, request));
    for (const one of struck) one.left--;
    this.standing = this.standing.filter(({ left }) => left > 0);
    return struck.map(({ fault }) => fault);
  }
}

function strikes(one: Standing, request: FaultRequest): boolean {
  const { target, method, idAbove, resource } = request;
  if (one.fault.kind === 'clock' || one.fault.kind === 'commit-lag') return false;
  const match = one.fault.match ?? {};
  if (match.resource !== undefined && match.resource !== resource) return false;
  const meansToken = match.path !== undefined || match.resource !== undefined;
  if (!meansToken && target.startsWith('/oauth2/')) return false;
  if (match.path !== undefined && !target.includes(match.path)) return false;
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

/** What a request is for, by its path. */
export function resourceOf(path: string): RequestedResource {
  if (path.startsWith('/oauth2/')) return 'token';
  const [, key, ...more] = /\/opportunities(?:\/([^/]+))?(\/.*)?$/.exec(path) ?? [path, ''];
  if (key === undefined) return 'page';
  if (key === 'describe') return 'describe';
  return key === '' || more[0] !== undefined ? 'other' : 'record';
}

/** Whether a fault spoils the answer on its way. */
export function spoilsTransport(fault: Fault): boolean {
  return (transports as readonly string[]).includes(fault.kind);
}
