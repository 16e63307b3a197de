import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { isDatabaseOutage } from './database-outage.ts';
import { log } from './log.server.ts';
import { problem } from './problem.server.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;

/** Makes a loader or action answer a fault as problem JSON too, since a program reads it. */
export function apiRoute(handle: (args: Args) => Promise<Response>) {
  return async (args: Args): Promise<Response> => {
    try {
      return await handle(args);
    } catch (thrown) {
      if (thrown instanceof Response) return thrown;
      // Answered for pages and for programs in one place: see app/web-outage.ts.
      if (isDatabaseOutage(thrown)) throw thrown;
      const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
      log.error({ requestId, err: thrown }, 'api request failed');
      const detail = 'Something failed in BQS. Tell whoever runs it the request_id.';
      return problem(500, 'Internal error', detail, { request_id: requestId });
    }
  };
}
