import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { useLiveSync } from '#app/components/live-sync.tsx';
import { CircuitNotice } from '#app/components/sync/circuit-notice.tsx';
import { FreshnessStats } from '#app/components/sync/freshness-stats.tsx';
import { QuarantineSummary } from '#app/components/sync/quarantine-summary.tsx';
import { CancelRun, Refusal, RunNow } from '#app/components/sync/run-now.tsx';
import { RunFilters, RunPages } from '#app/components/sync/run-filters.tsx';
import { RunTable } from '#app/components/sync/run-table.tsx';
import { ReloadLink } from '#app/components/sync/reload-link.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { SyncProgress } from '#app/components/sync-progress.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { holds } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { parseRunQuery } from '#app/domain/run-query.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listGroups } from '#app/models/quarantine-group.server.ts';
import { listRunPage } from '#app/models/run-list.server.ts';
import { getCircuit, triesAgain } from '#app/models/sync-circuit.server.ts';
import { getFreshness } from '#app/models/sync-log.server.ts';
import { countDiscarded } from '#app/models/sync-quarantine.server.ts';
import { cancelSync } from '#app/services/cancel-sync.server.ts';
import { requestSync } from '#app/services/request-sync.server.ts';

const groupsShown = 5;

export const meta: MetaFunction = () => [{ title: 'Sync · BQS' }];

/** The list of runs by `kind`, `outcome` and `before`, the last run of the page before. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const query = parseRunQuery(new URL(args.request.url).searchParams);
  if (!query) throw Response.json({ message: 'There is no such list of runs.' }, { status: 400 });
  const mayRun = holds(viewer, 'run:sync');
  const [freshness, { runs, next }, found, circuit, discarded] = await Promise.all([
    getFreshness(db),
    listRunPage(db, query),
    listGroups(db, groupsShown),
    getCircuit(db),
    countDiscarded(db),
  ]);
  // What their records say is for the page of the quarantine.
  const groups = found.map((group) => ({ ...group, sample: '' }));
  const triesAt = triesAgain(circuit);
  return { freshness, discarded, query, runs, next, groups, circuit, triesAt, mayRun };
}

const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('run-full') }),
  z.object({ intent: z.literal('run-incremental') }),
  z.object({ intent: z.literal('cancel'), run: z.string().regex(/^\d{1,18}$/) }),
]);

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'run:sync');
  const parsed = intents.safeParse(Object.fromEntries(await formDataOf(args.request)));
  if (!parsed.success) throw new Response('The sync cannot do that.', { status: 400 });
  if (parsed.data.intent === 'cancel') return cancel(parsed.data.run, viewer);
  return run(parsed.data.intent === 'run-full' ? 'FULL' : 'INCREMENTAL', viewer);
}

async function run(mode: 'FULL' | 'INCREMENTAL', viewer: Viewer) {
  const outcome = await requestSync({ mode, actor: viewer });
  if (!outcome.ok) {
    return data(
      { refusal: 'A sync is already running. Wait for it, or stop it.' },
      { status: 409 },
    );
  }
  const title = mode === 'FULL' ? 'Full sync started' : 'Incremental sync started';
  return redirectWithToast('/sync', { tone: 'info', title });
}

const notAllowed = 'Your roles no longer let you stop a sync. Nothing was changed.';

async function cancel(runId: string, viewer: Viewer) {
  const outcome = await cancelSync({ runId, actor: viewer });
  if (!outcome.ok) {
    if (outcome.reason === 'not-allowed') return data({ refusal: notAllowed }, { status: 403 });
    return data({ refusal: 'That run is not running any more.' }, { status: 409 });
  }
  return redirectWithToast('/sync', {
    tone: 'info',
    title: 'The sync stops after the page it is writing',
  });
}

export default function Sync() {
  const { freshness, query, runs, next, groups, ...rest } = useLoaderData<typeof loader>();
  const { discarded, circuit, triesAt, mayRun } = rest;
  const filtered = query.kind !== null || query.outcome !== null;
  const refused = useActionData<typeof action>();
  const live = useLiveSync();
  return (
    <div className="grid gap-4">
      <PageHeader
        title="Sync"
        lead="How the CRM’s opportunities come into BQS."
        actions={
          <>
            <ReloadLink to="/sync" />
            {mayRun ? <RunNow running={live !== null || freshness.running !== null} /> : null}
          </>
        }
      />
      <SyncTabs />
      <Refusal words={refused?.refusal} />
      <CircuitNotice circuit={circuit} triesAt={triesAt} />
      <FreshnessStats freshness={freshness} discarded={discarded} />
      {live ? (
        <Card
          title="In progress"
          actions={mayRun ? <CancelRun runId={live.id} asked={live.cancelRequested} /> : null}
        >
          <SyncProgress progress={live} />
        </Card>
      ) : null}
      <Card title="Runs" flush className="md:overflow-x-auto">
        {runs.length > 0 || filtered ? <RunFilters query={query} /> : null}
        {runs.length > 0 ? (
          <RunTable runs={runs} />
        ) : filtered ? (
          <EmptyState title="No run is of this kind and outcome." />
        ) : (
          <EmptyState title="No sync has run yet.">
            {mayRun
              ? 'Sync everything to bring the CRM’s opportunities in.'
              : 'A manager can run one.'}
          </EmptyState>
        )}
        <RunPages query={query} next={next} />
      </Card>
      <QuarantineSummary groups={groups} total={freshness.quarantined} />
    </div>
  );
}
