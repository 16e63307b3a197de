import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { DifferenceTable } from '#app/components/scorecards/difference-table.tsx';
import { ScorecardHeader } from '#app/components/scorecards/scorecard-header.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { differencesOf } from '#app/domain/scorecard-differences.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { idOf, revisionOf } from '#app/lib/posted-number.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listScorecards, readScorecard } from '#app/models/scorecard-list.server.ts';
import { publishedScorecard } from '#app/models/scorecard.server.ts';
import { publishScorecard } from '#app/services/publish-scorecard.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Publish ${data?.card.name ?? 'a scorecard'} · BQS` },
];

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:scorecards');
  const id = idOf(args.params.id);
  const card = id === null ? null : await readScorecard(db, id);
  if (!card) throw new Response('There is no such scorecard.', { status: 404 });
  const { definition, ...inForce } = await publishedScorecard(db);
  const used = (await listScorecards(db)).find((each) => each.id === inForce.id);
  return {
    card,
    stepUp: card.status === 'DRAFT' ? await stepUpAhead(args, { act: 'scorecards' }) : null,
    inForce: { ...inForce, open: used?.open ?? 0, submitted: used?.submitted ?? 0 },
    differences: differencesOf(definition, card.definition),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor } = await requirePermission(args, 'manage:scorecards');
  const form = await formDataOf(args.request);
  const revision = revisionOf(form.get('revision'));
  const inForceId = idOf(form.get('inForce'));
  const scorecardId = idOf(args.params.id);
  if (form.get('intent') !== 'publish' || revision === null || !inForceId || !scorecardId) {
    throw new Response('That was not understood: nothing was published.', { status: 400 });
  }
  await requireStepUp(args, { act: 'scorecards' }, form);
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const publication = { scorecardId, revision, inForceId };
  const outcome = await publishScorecard({ actor, requestId }, publication);
  if (!outcome.ok) return data({ message: outcome.message }, { status: outcome.status });
  const title = `“${outcome.name}” is in force in the place of “${outcome.replaces}”.`;
  return redirectWithToast('/admin/scorecards', { tone: 'good', title });
}

/** A refusal says that something moved: the page shows it as it is now. */
export const shouldRevalidate = () => true;

export default function Publish() {
  const { card, inForce, differences, stepUp } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const own = `/admin/scorecards/${card.id}`;
  return (
    <div className="grid max-w-4xl gap-4">
      <ScorecardHeader card={card} title={`Publish “${card.name}”`} />
      {refusal ? <Notice tone="bad" role="alert" title={refusal.message} /> : null}
      <StepUpNotice stepUp={stepUp} />
      <Card title={`What it changes against “${inForce.name}”, in force now`} flush>
        <DifferenceTable differences={differences} />
      </Card>
      {card.status === 'DRAFT' ? (
        <Card title="What happens then">
          <ul className="grid list-disc gap-1 pl-5">
            <li>New assessments, and new versions of old ones, are filled in on “{card.name}”.</li>
            <li>
              {inForce.open === 0
                ? 'No assessment is open on the one in force; one that is opened before you publish keeps it.'
                : `${plural(inForce.open, 'assessment')} open now ${inForce.open === 1 ? 'keeps' : 'keep'} “${inForce.name}” to the end.`}
            </li>
            <li>What is submitted or decided is untouched: no score changes.</li>
            <li>
              “{card.name}” can never be changed again; “{inForce.name}” is retired and stays for
              reading.
            </li>
          </ul>
          <Form method="post" className="mt-4 flex flex-wrap gap-2">
            <input type="hidden" name="intent" value="publish" />
            <input type="hidden" name="revision" value={card.revision} />
            <input type="hidden" name="inForce" value={inForce.id} />
            <Button variant="primary">Publish and put in force</Button>
            <LinkButton to={own}>Back to the draft</LinkButton>
          </Form>
        </Card>
      ) : (
        <Notice tone="info" title="It has been published already">
          A scorecard is published once. Begin a new draft from it to change something.
        </Notice>
      )}
    </div>
  );
}
