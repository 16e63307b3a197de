import type { ActionFunction, AppLoadContext, LoaderFunction, ServerBuild } from '@remix-run/node';
import { isRead } from './auth/is-read.ts';
import { readPostedForm } from './auth/posted-form.server.ts';
import { isDatabaseOutage } from './lib/database-outage.ts';
import { faultLine } from './lib/fault-line.ts';
import { log } from './lib/log.server.ts';
import { problem, wantsProblem } from './lib/problem.server.ts';

/** Makes every page and every address of the API answer 503 in words while the database is out of reach. */
export function answerOutages(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route];
    const module = { ...route.module };
    if (module.loader) module.loader = answering(module.loader);
    if (module.action) module.action = answering(module.action);
    return [id, { ...route, module }];
  });
  return { ...build, routes: Object.fromEntries(routes) as ServerBuild['routes'] };
}

/** A page reads in several places at once, all of which fail: a request is told of once. */
const told = new WeakSet<AppLoadContext>();

function answering<Handle extends LoaderFunction | ActionFunction>(handle: Handle): Handle {
  const answer: LoaderFunction = async (args) => {
    try {
      return await (handle as LoaderFunction)(args);
    } catch (error) {
      if (!isDatabaseOutage(error)) throw error;
      const { request, context } = args;
      if (!told.has(context)) {
        const { requestId } = context;
        log.warn({ requestId, error: faultLine(error) }, 'database out of reach');
      }
      told.add(context);
      throw await outage(request);
    }
  };
  // Remix looks here for whether a loader runs while a page is hydrated.
  return Object.assign(answer, handle) as LoaderFunction & Handle;
}

/** What was sent may have been carried out before the line broke: of that nothing is promised. */
async function outage(request: Request): Promise<Response> {
  const words = isRead(request)
    ? 'The database is out of reach at the moment. Nothing is lost: try again shortly.'
    : 'The database is out of reach at the moment. Whether what you sent was carried out is not known: ' +
      'look there before you send it again.';
  const headers = { 'Retry-After': '5' };
  if (wantsProblem(request)) return problem(503, 'Database unavailable', words, {}, headers);
  const form = isRead(request) || request.bodyUsed ? {} : await readPostedForm(request);
  const body = { kind: 'database-outage', message: words, ...form };
  return Response.json(body, { status: 503, headers });
}
