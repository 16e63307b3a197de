import type { ActionFunctionArgs } from '@remix-run/node';
import { allowMethods } from '#app/lib/problem.server.ts';
/** The process answers; nothing beyond it is asked. */
export function loader() {
  return Response.json({ status: 'ok' });
}

/** Health is read, never changed. */
export function action({ request }: ActionFunctionArgs) {
  allowMethods(request, 'GET', 'HEAD');
}
