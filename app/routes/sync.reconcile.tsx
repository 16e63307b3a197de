import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { Scale } from 'lucide-react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { useLiveSync } from '#app/components/live-sync.tsx';
import { Differences } from '#app/components/sync/differences.tsx';
import { ReconciledGroups } from '#app/components/sync/reconciled-groups.tsx';
import { ReconciliationTable } from '#app/components/sync/reconciliation-table.tsx';
import { ReconciliationVerdict } from '#app/components/sync/reconciliation-verdict.tsx';
import { CancelRun, Refusal } from '#app/components/sync/run-now.tsx';
import { ReloadLink } from '#app/components/sync/reload-link.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { SyncProgress } from '#app/components/sync-progress.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { holds, scopeOf } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { countRepairable, listPreviews } from '#app/models/sync-preview.server.ts';
import {
  countWritingRunsAfter,
  listReconciliations,
  readGroups,
} from '#app/models/sync-reconciliation.server.ts';
import { repairDifferences } from '#app/services/repair-differences.server.ts';
import { requestSync } from '#app/services/request-sync.server.ts';

const reconciliationsShown = 10;
const groupsShown = 400;
const differencesShown = 200;

export const meta: MetaFunction = () => [{ title: 'Reconcile · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const reconciliations = await listReconciliations(db, reconciliationsShown);
  // One that broke off has compared only a part, so its verdict would be none.
  const last = reconciliations.find(({ run }) => run.status === 'SUCCESS') ?? null;
  // What differs spans every practice, so its rows are for those who may read all of them.
  const maySeeRows = scopeOf(viewer, 'read:opportunity')?.all ?? false;
  const id = BigInt(last?.run.id ?? 0);
  const [groups, differences, repairable, runsSince] = await Promise.all([
    readGroups(db, id, groupsShown),
    maySeeRows ? listPreviews(db, id, differencesShown) : null,
    countRepairable(db, id),
    countWritingRunsAfter(db, id),
  ]);
  return {
    repairable,
    reconciliations,
    last,
    groups,
    differences,
    runsSince,
    mayRun: holds(viewer, 'run:sync'),
  };
}

const runId = z.string().regex(/^\d{1,18}$/);
const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('compare') }),
  z.object({ intent: z.literal('repair-all'), run: runId }),
  z.object({ intent: z.literal('repair-chosen'), run: runId, chosen: z.array(runId) }),
]);

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'run:sync');
  const form = await formDataOf(args.request);
  const sent = { ...Object.fromEntries(form), chosen: form.getAll('difference') };
  const parsed = intents.safeParse(sent);
  if (!parsed.success) throw new Response('Reconcile cannot do that.', { status: 400 });
  if (parsed.data.intent === 'compare') return compare(viewer);
  const chosen = parsed.data.intent === 'repair-chosen' ? parsed.data.chosen : null;
  return repair(parsed.data.run, chosen, viewer);
}

const running = 'A sync is already running. Wait for it, or stop it.';
const notAllowed = 'Your roles no longer let you repair. Nothing was changed.';

async function compare(viewer: Viewer) {
  const outcome = await requestSync({ mode: 'FULL', purpose: 'RECONCILE', actor: viewer });
  if (!outcome.ok) return data({ refusal: running }, { status: 409 });
  return redirectWithToast('/sync/reconcile', { tone: 'info', title: 'Comparison started' });
}

async function repair(run: string, chosen: string[] | null, viewer: Viewer) {
  if (chosen?.length === 0) {
    const refusal = 'Nothing is chosen. Tick the opportunities to repair, or repair them all.';
    return data({ refusal }, { status: 400 });
  }
  const outcome = await repairDifferences({ runId: run, chosen, actor: viewer });
  if (!outcome.ok) {
    if (outcome.reason === 'not-allowed') return data({ refusal: notAllowed }, { status: 403 });
    const nothing = 'Nothing of this is left to repair: it has been asked for already.';
    const refusal = outcome.reason === 'already-running' ? running : nothing;
    return data({ refusal }, { status: 409 });
  }
  const title = `Repair of ${plural(outcome.count, 'opportunity', 'opportunities')} started`;
  return redirectWithToast('/sync/reconcile', { tone: 'info', title });
}

export default function Reconcile() {
  const loaded = useLoaderData<typeof loader>();
  const { reconciliations, last, groups, differences, repairable, runsSince, mayRun } = loaded;
  const refused = useActionData<typeof action>();
  const live = useLiveSync();
  const broken = reconciliations[0]?.run;
  return (
    <div className="grid gap-4">
      <PageHeader
        title="Reconcile"
        lead="The copy held against the CRM: every record, every column. Comparing writes nothing."
        actions={
          <>
            <ReloadLink to="/sync/reconcile" />
            {mayRun ? <CompareNow running={live !== null} /> : null}
          </>
        }
      />
      <SyncTabs />
      <Refusal words={refused?.refusal} />
      {live ? (
        <Card
          title="In progress"
          actions={mayRun ? <CancelRun runId={live.id} asked={live.cancelRequested} /> : null}
        >
          <SyncProgress progress={live} />
        </Card>
      ) : null}
      {broken?.status === 'FAILED' || broken?.status === 'CANCELLED' ? (
        <Notice
          tone={broken.status === 'FAILED' ? 'bad' : 'neutral'}
          title={
            broken.status === 'FAILED'
              ? 'The latest comparison did not come to its end'
              : 'The latest comparison was stopped'
          }
        >
          {broken.errorMessage}{' '}
          <Link to={`/sync/runs/${broken.id}`} className="link">
            Run {broken.id}
          </Link>{' '}
          says how far it came.
        </Notice>
      ) : null}
      {last ? (
        <>
          <ReconciliationVerdict reconciliation={last} runsSince={runsSince} />
          {groups.total > 0 ? <ReconciledGroups reconciliation={last} groups={groups} /> : null}
          <Differences
            reconciliation={last}
            groups={differences}
            repairable={repairable}
            mayRepair={mayRun}
          />
        </>
      ) : null}
      {reconciliations.length > 0 ? (
        <Card
          title={
            reconciliations.length < 2
              ? 'Comparisons'
              : `Last ${reconciliations.length} comparisons`
          }
          flush
          className="md:overflow-x-auto"
        >
          <ReconciliationTable reconciliations={reconciliations} />
        </Card>
      ) : (
        <Card>
          <EmptyState title="The copy has not been compared with the CRM yet.">
            {mayRun
              ? 'A comparison reads everything once, as a full sync does, and writes nothing.'
              : 'A manager can compare it.'}
          </EmptyState>
        </Card>
      )}
    </div>
  );
}

function CompareNow({ running: busy }: { running: boolean }) {
  const sending = useNavigation().state !== 'idle';
  return (
    <Form method="post">
      <Button name="intent" value="compare" variant="primary" disabled={busy || sending}>
        <Scale aria-hidden />
        Compare with the CRM now
      </Button>
    </Form>
  );
}
