import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { HeldFields } from '#app/components/sync/held-fields.tsx';
import { HeldRun } from '#app/components/sync/held-run.tsx';
import { useLiveRun } from '#app/components/sync/live-run.ts';
import { QuarantineList } from '#app/components/sync/quarantine-list.tsx';
import { RunBadge } from '#app/components/sync/run-badge.tsx';
import { RunChanges } from '#app/components/sync/run-changes.tsx';
import { RunFacts } from '#app/components/sync/run-facts.tsx';
import { CancelRun, Refusal } from '#app/components/sync/run-now.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { holds, scopeOf } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { syncTypeNames } from '#app/lib/sync-words.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listRunChanges } from '#app/models/opportunity-change.server.ts';
import { getRun, listMissing } from '#app/models/sync-log.server.ts';
import { listQuarantine } from '#app/models/sync-quarantine.server.ts';
import { dropHeldSync } from '#app/services/drop-held-sync.server.ts';
import { releaseHeldSync } from '#app/services/release-held-sync.server.ts';

const changesShown = 200;
const quarantineShown = 200;

export const meta: MetaFunction = ({ params }) => [{ title: `Sync run ${params.id} · BQS` }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const runId = runIdOf(args.params.id);
  const run = runId === null ? null : await getRun(db, runId);
  if (!run || runId === null) throw new Response('There is no such sync run.', { status: 404 });
  // What a run did spans every practice, so its rows are for those who may read all of them.
  const maySeeRows = scopeOf(viewer, 'read:opportunity')?.all ?? false;
  const mayRun = holds(viewer, 'run:sync');
  const [changes, quarantined, missing] = await Promise.all([
    maySeeRows ? listRunChanges(db, runId, changesShown) : null,
    holds(viewer, 'manage:quarantine') ? listQuarantine(db, { runId, limit: quarantineShown }) : [],
    mayRun && run.status === 'HELD' ? listMissing(db, runId) : [],
  ]);
  return { run, changes, quarantined, missing, mayRun };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'run:sync');
  const intent = (await formDataOf(args.request)).get('intent');
  if (intent !== 'release' && intent !== 'drop') {
    throw new Response('A held run can be released or dropped, nothing else.', { status: 400 });
  }
  const runId = args.params.id ?? '';
  if (runIdOf(runId) === null) throw new Response('There is no such sync run.', { status: 404 });
  const decide = intent === 'release' ? releaseHeldSync : dropHeldSync;
  const outcome = await decide({ runId, actor: viewer });
  if (!outcome.ok) {
    return data(
      { refusal: 'This run is not held any more: somebody has decided on it.' },
      { status: 409 },
    );
  }
  const count = plural(outcome.count, 'opportunity', 'opportunities');
  const title = intent === 'release' ? `${count} marked as gone` : `${count} kept`;
  return redirectWithToast(`/sync/runs/${runId}`, { tone: 'good', title });
}

function runIdOf(id: string | undefined): bigint | null {
  return id && /^\d{1,18}$/.test(id) ? BigInt(id) : null;
}

export default function SyncRunPage() {
  const { run: loaded, changes, quarantined, missing, mayRun } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const run = useLiveRun(loaded);
  return (
    <div className="grid max-w-[90rem] gap-4">
      <Link to="/sync" className="inline-flex items-center gap-1 justify-self-start link">
        <ChevronLeft aria-hidden className="size-4" />
        Sync
      </Link>
      <PageHeader
        title={`${syncTypeNames[run.syncType]} sync, run ${run.id}`}
        lead={<RunBadge status={run.status} />}
        actions={
          mayRun && run.status === 'RUNNING' ? (
            <CancelRun runId={run.id} asked={run.cancelRequested} />
          ) : null
        }
      />
      <Refusal words={refused?.refusal} />
      {run.errorMessage ? (
        <Notice tone={run.status === 'FAILED' ? 'bad' : 'warning'} title={run.errorMessage} />
      ) : null}
      {run.status === 'HELD' && run.heldCause === 'FIELD_VANISHED' ? <HeldFields /> : null}
      <RunFacts run={run} />
      {missing.length > 0 ? <HeldRun run={run} missing={missing} /> : null}
      {quarantined.length > 0 ? (
        <Card title={`Quarantined: ${plural(quarantined.length, 'record')}`} flush>
          <QuarantineList records={quarantined} />
        </Card>
      ) : null}
      <Changes changes={changes} />
    </div>
  );
}

function Changes({ changes }: Pick<Awaited<ReturnType<typeof loader>>, 'changes'>) {
  if (changes === null) {
    return (
      <p className="text-muted">
        What a run changed is listed for those who see every opportunity.
      </p>
    );
  }
  if (changes.length === 0) {
    return <p className="text-muted">This run changed no opportunity that BQS already had.</p>;
  }
  const first = changes.length === changesShown ? `, the first ${changesShown}` : '';
  return (
    <Card title={`What changed${first}`} flush>
      <RunChanges changes={changes} />
    </Card>
  );
}
