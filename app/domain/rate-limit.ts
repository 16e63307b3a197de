/** What a limit counts by. An account is the e-mail address typed into a form, whoever typed it. */
export type CountedBy =
  'address' | 'account' | 'account-from-address' | 'session' | 'flow' | 'viewer';

/** How far into a flow of the identity server a form goes; one form may be several steps at once. */
export type FlowStep = 'begin' | 'account' | 'factor' | 'mail' | 'code' | 'any';

export interface RateLimit {
  /** Its rows are kept under this name; limits that share a name and a `by` share their counts. */
  kind: string;
  by: CountedBy;
  points: number;
  seconds: number;
  methods: readonly string[];
  path: RegExp;
  /** Of a flow's form, the steps that count; left out, the request counts whatever it holds. */
  steps?: readonly FlowStep[];
  /** What succeeded does not count: a whole office may come from one address, and one person often. */
  failuresOnly?: true;
  /** What was done too often, as the beginning of a sentence. */
  what: string;
}

const per = (points: number, minutes: number) => ({ points, seconds: minutes * 60 });
const post = ['POST'];
const get = ['GET', 'HEAD'];
const changes = ['POST', 'PUT', 'PATCH', 'DELETE'];
export const login = /^\/self-service\/login$/;
export const mailFlows = /^\/self-service\/(recovery|verification)$/;

const signIn = { kind: 'sign-in', methods: post, path: login, what: 'Signing in was tried' };
const mail = {
  kind: 'mail',
  methods: post,
  path: mailFlows,
  steps: ['mail'],
  what: 'A code was asked for',
} as const;
const code = {
  kind: 'code',
  // A link from a mail tries its code by being visited.
  methods: ['GET', 'HEAD', 'POST'],
  path: mailFlows,
  steps: ['code'],
  what: 'A code was tried',
} as const;

/**
 * On the way to the identity server, by its own paths. Every limit that matches is counted, in this order
 * and up to the first that is used up: the narrow ones stand first, so that one browser that hammers uses
 * up little of what others share.
 */
export const flowLimits: readonly RateLimit[] = [
  { ...signIn, by: 'account-from-address', ...per(10, 15), steps: ['account'], failuresOnly: true },
  { ...signIn, kind: 'second-factor', by: 'session', ...per(10, 15), steps: ['factor'] },
  { ...signIn, by: 'address', ...per(30, 15), steps: ['account', 'factor'], failuresOnly: true },
  { ...signIn, by: 'account', ...per(100, 15), steps: ['account'], failuresOnly: true },
  { ...signIn, kind: 'sign-in-begin', by: 'address', ...per(300, 15), steps: ['begin'] },
  { ...mail, by: 'account-from-address', ...per(5, 15) },
  { ...mail, by: 'address', ...per(30, 15) },
  { ...mail, by: 'account', ...per(20, 60) },
  { ...code, by: 'flow', ...per(10, 15) },
  { ...code, by: 'address', ...per(60, 15) },
  {
    kind: 'registration',
    by: 'address',
    ...per(60, 60),
    methods: post,
    path: /^\/self-service\/registration$/,
    what: 'Creating an account was tried',
  },
  {
    kind: 'settings',
    by: 'session',
    ...per(60, 15),
    methods: post,
    path: /^\/self-service\/settings$/,
    what: 'Settings were sent',
  },
  {
    kind: 'flow-start',
    by: 'address',
    ...per(300, 15),
    methods: get,
    path: /^\/self-service\/[a-z]+\/(browser|api)$/,
    what: 'A sign-in page was asked for',
  },
];

/** Of somebody who is signed in; the first that matches counts, and reading pages counts nowhere. */
export const viewerLimits: readonly RateLimit[] = [
  {
    kind: 'sync',
    by: 'viewer',
    ...per(30, 15),
    methods: changes,
    path: /^\/(sync(\/reconcile)?|api\/sync-database)$/,
    what: 'A sync was asked for',
  },
  {
    kind: 'export',
    by: 'viewer',
    ...per(60, 15),
    methods: get,
    path: /\/(export|memo\.pdf)$/,
    what: 'An export was asked for',
  },
  {
    kind: 'upload',
    by: 'viewer',
    ...per(120, 15),
    methods: changes,
    path: /^\/opportunities\/[^/]+\/files$/,
    what: 'Files were sent',
  },
  {
    kind: 'draft',
    by: 'viewer',
    ...per(600, 5),
    methods: changes,
    path: /^\/opportunities\/[^/]+\/assess\/draft$/,
    what: 'The draft was saved',
  },
  {
    kind: 'api-change',
    by: 'viewer',
    ...per(120, 1),
    methods: changes,
    path: /^\/api\//,
    what: 'The API was called',
  },
  {
    kind: 'api-read',
    by: 'viewer',
    ...per(600, 1),
    methods: get,
    path: /^\/api\//,
    what: 'The API was called',
  },
  {
    kind: 'change',
    by: 'viewer',
    ...per(300, 5),
    methods: changes,
    path: /^\//,
    what: 'Changes were sent',
  },
];
