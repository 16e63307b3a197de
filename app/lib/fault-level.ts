import { isRouteErrorResponse } from '@remix-run/react';

/** How grave an error of a request is for the log: what only its sender got wrong is no fault of BQS. */
export function faultLevel(error: unknown): 'info' | 'error' {
  // Remix says so of a parameter that anybody may add to an address, and answers as if it were not there.
  if (error instanceof Error && error.message.includes('?_data requests')) return 'info';
  const answered = isRouteErrorResponse(error) || error instanceof Response;
  return answered && error.status >= 400 && error.status < 500 ? 'info' : 'error';
}
