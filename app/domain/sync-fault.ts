/** What the CRM can do to a run; decides how often it is tried again, and what people are told. */
export const oracleFaults = [
  'credentials',
  'forbidden',
  'rejected',
  'redirected',
  'unexpected-body',
  'nothing-sent',
  'out-of-order',
  'throttled',
  'unavailable',
  'timeout',
  'network',
] as const;
export type OracleFault = (typeof oracleFaults)[number];

/** What else ends a run as FAILED: workers that died too often, our database, or BQS itself. */
const ownFaults = ['interrupted', 'database', 'broken'] as const;
export type OwnFault = (typeof ownFaults)[number];

/** The values of `sync_logs.fault`. */
export const syncFaults = [...oracleFaults, ...ownFaults];
export type SyncFault = OracleFault | OwnFault;
