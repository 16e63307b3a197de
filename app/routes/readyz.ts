import type { ActionFunctionArgs } from '@remix-run/node';
import { allowMethods } from '#app/lib/problem.server.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { checkReadiness } from '#app/lib/readiness.server.ts';

export async function loader() {
  const parts = await checkReadiness(db, env.ORY_PUBLIC_URL);
  const ready = Object.values(parts).every((state) => state === 'ok');
  return Response.json(
    { status: ready ? 'ok' : 'failed', ...parts },
    { status: ready ? 200 : 503 },
  );
}

/** Health is read, never changed. */
export function action({ request }: ActionFunctionArgs) {
  allowMethods(request, 'GET', 'HEAD');
}
