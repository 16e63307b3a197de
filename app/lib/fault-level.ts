import { isRouteErrorResponse } from '@remix-run/react';

/** How grave an error of a request is for the log: what only its sender got wrong is no fault of BQS. */
export function faultLevel(error: unknown): 'info' | 'error' {
  const answered = isRouteErrorResponse(error) || error instanceof Response;
  return answered && error.status >= 400 && error.status < 500 ? 'info' : 'error';
}
