import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireViewer } from '#app/auth/guard.server.ts';
import { describeApi } from '#app/domain/openapi.ts';
import { env } from '#app/lib/env.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await requireViewer(args);
  return Response.json(describeApi(env.APP_URL, env.ORY_SESSION_COOKIE));
}
