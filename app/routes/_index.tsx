import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';

/** The start is the list of opportunities, which every role may read in its own scope. */
export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'read:opportunity');
  return redirect('/opportunities');
}
