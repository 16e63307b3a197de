import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { ScorecardTable } from '#app/components/scorecards/scorecard-table.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listScorecards } from '#app/models/scorecard-list.server.ts';
import { draftScorecard } from '#app/services/draft-scorecard.server.ts';

export const meta: MetaFunction = () => [{ title: 'Scorecards · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:scorecards');
  const stepUp = await stepUpAhead(args, { act: 'scorecards' });
  return { scorecards: await listScorecards(db), stepUp };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor } = await requirePermission(args, 'manage:scorecards');
  const form = await formDataOf(args.request);
  const from = String(form.get('from'));
  if (form.get('intent') !== 'draft' || !/^\d{1,18}$/.test(from)) {
    return data({ message: 'That was not understood: nothing was changed.' }, { status: 400 });
  }
  await requireStepUp(args, { act: 'scorecards' }, form);
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await draftScorecard({ actor, requestId }, from);
  if (!outcome.ok) return data({ message: outcome.message }, { status: outcome.status });
  const title = 'The draft is yours to change. Nothing counts on it until it is published.';
  return redirectWithToast(`/admin/scorecards/${outcome.id}`, { tone: 'good', title });
}

export default function Scorecards() {
  const { scorecards, stepUp } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid max-w-[90rem] gap-5">
      <PageHeader
        title="Scorecards"
        lead="What opportunities are scored by. One is in force; what has been published never changes, so change it in a draft."
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      <Card flush>
        <ScorecardTable scorecards={scorecards} />
      </Card>
    </div>
  );
}
