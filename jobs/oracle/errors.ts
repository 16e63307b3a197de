import type { OracleFault } from '#app/domain/sync-fault.ts';

export type { OracleFault } from '#app/domain/sync-fault.ts';

// How often a fault is tried again. A person must act on those at 0; the sync cannot outwait them.
const retries: Record<OracleFault, number> = {
  credentials: 0,
  forbidden: 0,
  rejected: 0,
  redirected: 0,
  'unexpected-body': 3,
  'nothing-sent': 0,
  'out-of-order': 2,
  throttled: 8,
  unavailable: 6,
  timeout: 6,
  network: 6,
};

/** A call to the CRM that gave nothing usable. `retryAfterMs` is how long the CRM asks us to wait. */
export class OracleError extends Error {
  readonly fault: OracleFault;
  readonly retryAfterMs: number | null;

  constructor(fault: OracleFault, message: string, options: { retryAfterMs?: number | null } = {}) {
    // The CRM's own words may be in it, and what it sends need not be text that a database can hold.
    super(message.replace(/\p{Cc}+/gu, ' ').toWellFormed());
    this.name = 'OracleError';
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** How many times the same request may be repeated after this fault. */
export function retriesAfter(fault: OracleFault): number {
  return retries[fault];
}

/** The fault an HTTP status stands for, in words, or null where the status is good. */
export function faultOfStatus(status: number, detail: string | null): OracleError | null {
  if (status >= 200 && status < 300) return null;
  const said = detail ? `: ${detail}` : '';
  if (status === 401) {
    return new OracleError(
      'credentials',
      'The CRM refused our credentials (401). Check ORACLE_USERNAME and ORACLE_PASSWORD, or the OAuth client.',
    );
  }
  if (status === 403) {
    return new OracleError(
      'forbidden',
      'The CRM does not let our account read opportunities (403). Its role or network access needs changing there.',
    );
  }
  if (status >= 300 && status < 400) {
    return new OracleError(
      'redirected',
      `The CRM redirected us (${status}), most likely to a login page. Check ORACLE_BASE_URL and the credentials.`,
    );
  }
  if (status === 429) return new OracleError('throttled', 'The CRM says we ask too often (429).');
  if (status === 408 || status === 504) {
    return new OracleError('timeout', `The CRM took too long to answer (${status}).`);
  }
  if (status >= 500) {
    return new OracleError('unavailable', `The CRM is not available (${status})${said}.`);
  }
  return new OracleError('rejected', `The CRM rejected our request (${status})${said}.`);
}
