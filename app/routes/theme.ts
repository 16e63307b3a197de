import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { safeReturnTo } from '#app/auth/return-to.ts';
import { requireViewer } from '#app/auth/guard.server.ts';
import { themeCookieHeader, themes } from '#app/lib/theme.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';

/** Keeps the chosen theme and goes back to the page it was chosen on. */
export async function action(args: ActionFunctionArgs) {
  await requireViewer(args);
  const form = await formDataOf(args.request);
  const theme = themes.find((known) => known === form.get('theme'));
  if (!theme) throw new Response('There is no such theme.', { status: 400 });
  const back = form.get('return_to');
  return redirect(safeReturnTo(typeof back === 'string' ? back : null), {
    headers: { 'Set-Cookie': themeCookieHeader(theme) },
  });
}

export function loader() {
  return redirect('/');
}
