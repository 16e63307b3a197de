import { isRouteErrorResponse } from '@remix-run/react';
import { isDatabaseOutage } from './database-outage.ts';

/**
 * How grave an error of a request is for the log: what only its sender got wrong is no fault of BQS, and a
 * database out of reach is none of the page's.
 */
export function faultLevel(error: unknown): 'info' | 'warn' | 'error' {
  if (isDatabaseOutage(error)) return 'warn';
  // Remix says so of a parameter that anybody may add to an address, and answers as if it were not there.
  if (error instanceof Error && error.message.includes('?_data requests')) return 'info';
  const answered = isRouteErrorResponse(error) || error instanceof Response;
  return answered && error.status >= 400 && error.status < 500 ? 'info' : 'error';
}
