import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { useLiveSync } from '#app/components/live-sync.tsx';
import { AlertCard } from '#app/components/sync/alert-card.tsx';
import { CircuitNotice } from '#app/components/sync/circuit-notice.tsx';
import { OrderCard } from '#app/components/sync/order-card.tsx';
import { Refusal } from '#app/components/sync/run-now.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { WatermarkFacts } from '#app/components/sync/watermark-facts.tsx';
import { BackfillForm, SetBackForm } from '#app/components/sync/watermark-forms.tsx';
import { WatermarkHistory } from '#app/components/sync/watermark-history.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { SyncProgress } from '#app/components/sync-progress.tsx';
import { holds } from '#app/domain/permissions.ts';
import { fieldsOf, typedOf } from '#app/domain/typed-form.ts';
import { watermarkFormSchema } from '#app/domain/watermark-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listAlerts } from '#app/models/sync-alert.server.ts';
import { getCircuit, triesAgain } from '#app/models/sync-circuit.server.ts';
import { getWatermark, listWatermarkMoves } from '#app/models/watermark.server.ts';
import { actOnWatermark } from '#app/services/act-on-watermark.server.ts';

const movesShown = 30;
const alertsShown = 20;

export const meta: MetaFunction = () => [{ title: 'Watermark · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const [watermark, moves, alerts, circuit] = await Promise.all([
    getWatermark(db),
    listWatermarkMoves(db, movesShown),
    listAlerts(db, alertsShown),
    getCircuit(db),
  ]);
  const mayRun = holds(viewer, 'run:sync');
  return { watermark, moves, alerts, circuit, triesAt: triesAgain(circuit), mayRun };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor } = await requirePermission(args, 'run:sync');
  const posted = await formDataOf(args.request);
  const typed = typedOf(posted);
  const parsed = watermarkFormSchema.safeParse(fieldsOf(posted));
  if (!parsed.success) {
    const errors: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues) errors[path.join('.')] ??= message;
    const known = errors.to ?? errors.from ?? errors.reason;
    const message = known ?? 'That was not understood: nothing was changed.';
    return data({ message, errors, typed }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await actOnWatermark(parsed.data, { actor, requestId });
  if (!outcome.ok) {
    const { status, message, errors } = outcome;
    return data({ message, errors, typed }, { status });
  }
  return redirectWithToast(outcome.path, outcome.toast);
}

export default function WatermarkPage() {
  const { watermark, moves, alerts, circuit, triesAt, mayRun } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const live = useLiveSync();
  // The newest move that counts says who put the watermark where it stands.
  const standing = moves.find(({ overruled }) => !overruled);
  // What was typed belongs to the form that was sent, not to its neighbour.
  const sent = (intent: string) => (refusal?.typed.intent?.[0] === intent ? refusal : undefined);
  return (
    <div className="grid max-w-[90rem] gap-4">
      <PageHeader
        title="Watermark"
        lead="The CRM’s time up to which every change is in BQS. It moves only over what is committed."
      />
      <SyncTabs />
      <Refusal words={refusal?.message} />
      <CircuitNotice circuit={circuit} triesAt={triesAt} />
      <WatermarkFacts at={watermark.at} setBackBy={standing?.run === null ? standing.by : null} />
      {live ? (
        <Card title="In progress">
          <SyncProgress progress={live} />
        </Card>
      ) : null}
      {mayRun ? (
        <>
          <OrderCard running={live !== null} />
          <div className="grid gap-4 lg:grid-cols-2">
            {watermark.at ? (
              <SetBackForm
                lastChange={watermark.lastChange}
                typed={sent('set-back')?.typed}
                errors={sent('set-back')?.errors}
              />
            ) : null}
            <BackfillForm typed={sent('backfill')?.typed} errors={sent('backfill')?.errors} />
          </div>
        </>
      ) : null}
      <WatermarkHistory moves={moves} />
      <AlertCard alerts={alerts} />
    </div>
  );
}
