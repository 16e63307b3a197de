import { requireViewer } from '#app/auth/guard.server.ts';
import { apiRoute } from '#app/lib/api-route.server.ts';
import { problem } from '#app/lib/problem.server.ts';

export const loader = apiRoute(async (args) => {
  await requireViewer(args);
  const { pathname } = new URL(args.request.url);
  throw problem(404, 'No such address', `The API has no ${pathname}; /docs lists what it has.`);
});

export const action = loader;
