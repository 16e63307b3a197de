import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireOpportunity, requireReadable } from '#app/auth/require-opportunity.server.ts';
import { parseForm } from '#app/lib/form-data.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { actOnSheet } from '#app/services/act-on-sheet.server.ts';

/** Saves a draft while it is typed, and answers in a form that a script reads. */
export async function action(args: ActionFunctionArgs) {
  await requirePermission(args, 'assess:opportunity');
  const { viewer, opportunity } = await requireReadable(args, () => 'save');
  const posted = (await parseForm(args.request)) ?? new FormData();
  posted.set('intent', 'save');
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const by = { actorId: viewer.id, opportunityId: opportunity.id, requestId };
  const outcome = await actOnSheet(by, posted);
  if (!outcome.ok) {
    const { status, message, errors, now } = outcome;
    return Response.json({ message, errors, now }, { status });
  }
  return Response.json(outcome);
}

/** Nothing is to be seen here: whoever comes by is taken to the sheet. */
export async function loader(args: LoaderFunctionArgs) {
  const { opportunity } = await requireOpportunity(args);
  return redirect(`${opportunityPath(opportunity)}/assess`);
}
