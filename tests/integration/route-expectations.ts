import type { Permission } from '#app/domain/permissions.ts';

/**
 * Who may use a route with a method: everybody (`open`), whoever is signed in, whoever holds a role,
 * whoever holds a permission; `none` where the method is not answered at all.
 */
export type Access = 'open' | 'signed-in' | 'any-role' | 'none' | Permission;

export interface Expectation {
  /** An address of the route; what it names need not exist. */
  path: string;
  get: Access;
  post: Access;
  /** Statuses of a GET by somebody who may; 200 alone where it is left out. */
  getOk?: number[];
  /** Statuses of a POST, with a body that asks for nothing, by somebody who may. */
  postOk?: number[];
}

/** A row for every route, by its id. A route without a row fails the test: say who may use it. */
export const routeExpectations: Record<string, Expectation> = {
  'routes/_index': { path: '/', get: 'read:opportunity', post: 'none' },
  'routes/reviews': { path: '/reviews', get: 'recommend:opportunity', post: 'none' },
  'routes/decisions': {
    path: '/decisions',
    get: 'decide:opportunity',
    post: 'decide:opportunity',
    postOk: [400],
  },
  'routes/admin.calendar': {
    path: '/admin/calendar',
    get: 'manage:calendar',
    post: 'manage:calendar',
    postOk: [400],
  },
  'routes/opportunities._index': { path: '/opportunities', get: 'read:opportunity', post: 'none' },
  'routes/opportunities.$number': {
    path: '/opportunities/none-such',
    get: 'read:opportunity',
    getOk: [404],
    post: 'read:opportunity',
    postOk: [404],
  },
  'routes/opportunities.$number_.memo.$decision': {
    path: '/opportunities/none-such/memo/1',
    get: 'read:opportunity',
    getOk: [404],
    post: 'none',
  },
  'routes/opportunities.$number_.memo.$decision_.memo[.]json': {
    path: '/opportunities/none-such/memo/1/memo.json',
    get: 'read:opportunity',
    getOk: [404],
    post: 'none',
  },
  'routes/opportunities.$number_.memo.$decision_.memo[.]pdf': {
    path: '/opportunities/none-such/memo/1/memo.pdf',
    get: 'read:opportunity',
    getOk: [404],
    post: 'none',
  },
  'routes/opportunities.$number_.files': {
    path: '/opportunities/none-such/files',
    get: 'read:opportunity',
    getOk: [404],
    post: 'comment:opportunity',
    postOk: [404],
  },
  'routes/files.$id': {
    path: '/files/none-such',
    get: 'read:opportunity',
    getOk: [404],
    post: 'none',
  },
  'routes/opportunities.$number_.assess': {
    path: '/opportunities/none-such/assess',
    get: 'read:opportunity',
    getOk: [404],
    post: 'assess:opportunity',
    postOk: [404],
  },
  'routes/opportunities.$number_.assess_.draft': {
    path: '/opportunities/none-such/assess/draft',
    get: 'read:opportunity',
    getOk: [404],
    post: 'assess:opportunity',
    postOk: [404],
  },
  'routes/opportunities.$number_.assessments.$version': {
    path: '/opportunities/none-such/assessments/1',
    get: 'read:opportunity',
    getOk: [404],
    post: 'none',
  },
  'routes/opportunities.$number_.versions': {
    path: '/opportunities/none-such/versions',
    get: 'read:opportunity',
    getOk: [404],
    post: 'none',
  },
  'routes/sync._index': { path: '/sync', get: 'read:sync', post: 'run:sync', postOk: [400] },
  'routes/sync.fields': { path: '/sync/fields', get: 'read:sync', post: 'run:sync', postOk: [400] },
  'routes/sync.reconcile': {
    path: '/sync/reconcile',
    get: 'read:sync',
    post: 'run:sync',
    postOk: [400],
  },
  'routes/sync.quarantine': {
    path: '/sync/quarantine',
    get: 'read:sync',
    post: 'manage:quarantine',
    postOk: [400],
  },
  'routes/sync.quarantine_.group': {
    path: '/sync/quarantine/group',
    get: 'manage:quarantine',
    getOk: [404],
    post: 'manage:quarantine',
    postOk: [404],
  },
  'routes/sync.runs.$id': {
    path: '/sync/runs/1',
    get: 'read:sync',
    getOk: [404],
    post: 'run:sync',
    postOk: [400, 404],
  },
  'routes/sync.watermark': {
    path: '/sync/watermark',
    get: 'read:sync',
    post: 'run:sync',
    postOk: [400],
  },
  'routes/sync.runs.$id_.export': {
    path: '/sync/runs/1/export',
    get: 'read:sync',
    getOk: [404],
    post: 'none',
  },
  'routes/sync.stream': { path: '/sync/stream', get: 'read:freshness', post: 'none' },
  'routes/people_.invite': {
    path: '/people/invite',
    get: 'manage:roles',
    post: 'manage:roles',
    postOk: [400],
  },
  'routes/people_.$id': {
    path: '/people/none-such',
    get: 'manage:roles',
    getOk: [404],
    post: 'manage:roles',
    postOk: [404],
  },
  'routes/people_.$id_.deactivate': {
    path: '/people/none-such/deactivate',
    get: 'manage:roles',
    getOk: [404],
    post: 'manage:roles',
    postOk: [404],
  },
  'routes/people': { path: '/people', get: 'manage:roles', post: 'manage:roles', postOk: [400] },
  'routes/people_.stand-ins': {
    path: '/people/stand-ins',
    get: 'any-role',
    post: 'any-role',
    postOk: [400],
  },
  'routes/people_.access': {
    path: '/people/access',
    get: 'review:access',
    post: 'review:access',
    postOk: [400],
  },
  'routes/people_.access_.export': {
    path: '/people/access/export',
    get: 'review:access',
    post: 'none',
  },
  'routes/notifications._index': {
    path: '/notifications',
    get: 'any-role',
    post: 'any-role',
    postOk: [400],
  },
  'routes/notifications.$id': {
    path: '/notifications/1',
    get: 'any-role',
    getOk: [404],
    post: 'none',
  },
  'routes/notifications.settings': {
    path: '/notifications/settings',
    get: 'any-role',
    post: 'any-role',
    postOk: [400],
  },
  'routes/admin.scorecards._index': {
    path: '/admin/scorecards',
    get: 'manage:scorecards',
    post: 'manage:scorecards',
    postOk: [400],
  },
  'routes/admin.scorecards.$id': {
    path: '/admin/scorecards/1',
    get: 'manage:scorecards',
    post: 'manage:scorecards',
    postOk: [400],
  },
  'routes/admin.scorecards.$id_.publish': {
    path: '/admin/scorecards/999999/publish',
    get: 'manage:scorecards',
    getOk: [404],
    post: 'manage:scorecards',
    postOk: [400],
  },
  'routes/admin.scorecards.$id_.simulate': {
    path: '/admin/scorecards/1/simulate',
    get: 'manage:scorecards',
    post: 'none',
  },
  'routes/audit': { path: '/audit', get: 'read:audit', post: 'none' },
  'routes/audit_.export': { path: '/audit/export', get: 'read:audit', post: 'none' },
  'routes/docs': { path: '/docs', get: 'any-role', post: 'none' },
  'routes/docs_.openapi[.]json': { path: '/docs/openapi.json', get: 'any-role', post: 'none' },
  'routes/theme': { path: '/theme', get: 'open', getOk: [302], post: 'any-role', postOk: [400] },

  'routes/api.opportunities': {
    path: '/api/opportunities',
    get: 'read:opportunity',
    post: 'read:opportunity',
    postOk: [405],
  },
  'routes/api.oracle-opportunity.$remoteId': {
    path: '/api/oracle-opportunity/1',
    get: 'read:opportunity',
    getOk: [404],
    post: 'read:opportunity',
    postOk: [405],
  },
  'routes/api.sync-database': {
    path: '/api/sync-database',
    get: 'run:sync',
    getOk: [405],
    post: 'run:sync',
    postOk: [400],
  },
  'routes/api.sync-status': {
    path: '/api/sync-status',
    get: 'read:sync',
    post: 'read:sync',
    postOk: [405],
  },
  'routes/api.sync-history': {
    path: '/api/sync-history',
    get: 'read:sync',
    post: 'read:sync',
    postOk: [405],
  },
  'routes/api.users.$id.role': {
    path: '/api/users/1/role',
    get: 'manage:roles',
    getOk: [405],
    post: 'manage:roles',
    postOk: [400],
  },
  'routes/api.$': {
    path: '/api/none-such',
    get: 'any-role',
    getOk: [404],
    post: 'any-role',
    postOk: [404],
  },

  'routes/welcome': { path: '/welcome', get: 'signed-in', getOk: [200, 302], post: 'none' },
  'routes/settings': { path: '/settings', get: 'signed-in', getOk: [302], post: 'none' },
  'routes/settings_.sessions': {
    path: '/settings/sessions',
    get: 'signed-in',
    post: 'signed-in',
    postOk: [400],
  },
  'routes/login': { path: '/login', get: 'open', getOk: [302], post: 'none' },
  'routes/registration': { path: '/registration', get: 'open', getOk: [302], post: 'none' },
  'routes/recovery': { path: '/recovery', get: 'open', getOk: [302], post: 'none' },
  'routes/verification': { path: '/verification', get: 'open', getOk: [302], post: 'none' },
  'routes/error': { path: '/error', get: 'open', getOk: [404], post: 'none' },
  'routes/logout': { path: '/logout', get: 'open', post: 'open', postOk: [302] },
  'routes/[.]ory.$': {
    path: '/.ory/admin/identities',
    get: 'open',
    getOk: [404],
    post: 'open',
    postOk: [404],
  },
  'routes/healthz': { path: '/healthz', get: 'open', post: 'none' },
  'routes/healthz_.sync': { path: '/healthz/sync', get: 'open', getOk: [200, 503], post: 'none' },
  'routes/readyz': { path: '/readyz', get: 'open', getOk: [200, 503], post: 'none' },
};
