import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { HeldRun, type HeldRefusal } from '#app/components/sync/held-run.tsx';
import { useLiveRun } from '#app/components/sync/live-run.ts';
import { QuarantineList } from '#app/components/sync/quarantine-list.tsx';
import { RunBadge } from '#app/components/sync/run-badge.tsx';
import { RunChanges } from '#app/components/sync/run-changes.tsx';
import { RunEndingNotice } from '#app/components/sync/run-ending-notice.tsx';
import { RunFacts } from '#app/components/sync/run-facts.tsx';
import { RunPreview } from '#app/components/sync/run-preview.tsx';
import { CancelRun, Refusal } from '#app/components/sync/run-now.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { TargetResults } from '#app/components/sync/target-results.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import type { SyncRun } from '#app/domain/freshness.ts';
import { heldIntentOf, parseHeldForm, parseMissingQuery } from '#app/domain/held-form.ts';
import { holds, scopeOf, type Scope } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { parseChangeQuery, runIdOf, type ChangeQuery } from '#app/domain/run-address.ts';
import { purposeTraits } from '#app/domain/sync.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { runKindName } from '#app/lib/sync-words.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { getHeldDecision } from '#app/models/held-decision.server.ts';
import { countHeldMissing, listHeldMissing } from '#app/models/held-missing.server.ts';
import { countRunChanges } from '#app/models/run-change-counts.server.ts';
import { listNewOpportunities, listRunChanges } from '#app/models/run-change.server.ts';
import { getRun } from '#app/models/sync-log.server.ts';
import { getPreview, listPreviews } from '#app/models/sync-preview.server.ts';
import { listQuarantine } from '#app/models/sync-quarantine.server.ts';
import { listTargets } from '#app/models/sync-target.server.ts';
import { dropHeldSync } from '#app/services/drop-held-sync.server.ts';
import { releaseHeldSync } from '#app/services/release-held-sync.server.ts';

const quarantineShown = 200;
const previewsShown = 200;
const targetsShown = 500;

export const meta: MetaFunction = ({ params }) => [{ title: `Sync run ${params.id} · BQS` }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const runId = runIdOf(args.params.id);
  const run = runId === null ? null : await getRun(db, runId);
  if (!run || runId === null) throw new Response('There is no such sync run.', { status: 404 });
  const { searchParams } = new URL(args.request.url);
  const parsed = parseChangeQuery(searchParams);
  if (!parsed.ok) throw Response.json({ message: parsed.message }, { status: 400 });
  const mayRun = holds(viewer, 'run:sync');
  const held = run.status === 'HELD' && run.heldCause === 'MISSING' && mayRun;
  // What a run did spans every practice: everybody sees it of the opportunities they may read.
  const scope = scopeOf(viewer, 'read:opportunity');
  const all = scope?.all ?? false;
  const [preview, previewed, changes, quarantined, missing, targets, decision] = await Promise.all([
    getPreview(db, runId),
    all ? listPreviews(db, runId, previewsShown) : null,
    scope && purposeTraits[run.purpose].writes ? readChanges(runId, scope, parsed.query) : null,
    holds(viewer, 'manage:quarantine') ? listQuarantine(db, { runId, limit: quarantineShown }) : [],
    held ? readMissing(runId, searchParams) : null,
    all ? listTargets(db, runId, targetsShown) : null,
    run.heldCause !== null && run.status !== 'HELD' ? getHeldDecision(db, run.id) : null,
  ]);
  const records = { changes, quarantined, missing, targets, preview, previewed };
  return { run, ...records, decision, mayRun };
}

async function readChanges(runId: bigint, scope: Scope, asked: ChangeQuery) {
  const wanted = asked.show ?? 'moved';
  const [counts, moved] = await Promise.all([
    countRunChanges(db, runId, scope),
    wanted === 'new' ? null : listRunChanges(db, runId, scope, { ...asked, show: wanted }),
  ]);
  const bare = asked.show === null && asked.touch === null;
  const onlyNew = bare && counts.sections.moved === 0 && counts.sections.new > 0;
  const show = onlyNew ? 'new' : wanted;
  const brought = show === 'new' ? await listNewOpportunities(db, runId, scope, asked.after) : null;
  const query = { ...asked, show };
  return { counts, query, moved: brought ? null : moved, brought, scoped: !scope.all };
}

async function readMissing(runId: bigint, params: URLSearchParams) {
  const query = parseMissingQuery(params);
  if (!query) throw Response.json({ message: 'The list has no such page.' }, { status: 400 });
  const [figures, page] = await Promise.all([
    countHeldMissing(db, runId, query.search),
    listHeldMissing(db, runId, query),
  ]);
  return { figures, query, page };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'run:sync');
  const posted = await formDataOf(args.request);
  const intent = heldIntentOf(posted);
  if (!intent) {
    throw new Response('A held run can be released or dropped, nothing else.', { status: 400 });
  }
  const runId = runIdOf(args.params.id);
  const run = runId === null ? null : await getRun(db, runId);
  if (!run || runId === null) throw new Response('There is no such sync run.', { status: 404 });
  const typed: HeldRefusal = {
    intent,
    reason: String(posted.get('reason') ?? ''),
    confirmed: posted.get('confirmed') === 'yes',
    errors: {},
  };
  if (run.status !== 'HELD') return refuse(await whoDecided(run, viewer), typed);
  const parsed = parseHeldForm(posted);
  if (!parsed.ok) {
    const refusal = parsed.errors.count ?? 'The form is not complete; see below.';
    return data({ refusal, typed: { ...typed, errors: parsed.errors } }, { status: 400 });
  }
  const { missing } = await countHeldMissing(db, runId, null);
  if (missing !== Number(parsed.form.count)) {
    const words = `The list has changed: a sync has run since, and ${missing} are missing now. Look again and tick anew.`;
    return refuse(words, { ...typed, confirmed: false });
  }
  const decide = intent === 'release' ? releaseHeldSync : dropHeldSync;
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const { reason } = parsed.form;
  const outcome = await decide({ runId: run.id, actor: viewer, reason, requestId });
  if (!outcome.ok) {
    if (outcome.reason === 'not-allowed') return refuse(notAllowed, typed, 403);
    return refuse(await whoDecided(run, viewer), typed);
  }
  const count = plural(outcome.count, 'opportunity', 'opportunities');
  const title = intent === 'release' ? `${count} marked as gone` : `${count} kept`;
  return redirectWithToast(`/sync/runs/${run.id}`, { tone: 'good', title });
}

const notAllowed = 'Your roles no longer let you decide on a sync. Nothing was changed.';

function refuse(refusal: string, typed: HeldRefusal, status = 409) {
  return data({ refusal, typed }, { status });
}

/** For whoever comes second: who was first, and what they did. */
async function whoDecided(run: SyncRun, viewer: Viewer): Promise<string> {
  const decision = await getHeldDecision(db, run.id);
  if (!decision) return 'This run is not held any more: a later sync has taken its place.';
  const who = decision.byId === viewer.id ? 'You' : decision.by;
  const count = plural(decision.count, 'opportunity', 'opportunities');
  const did = decision.did === 'released' ? `marked ${count} as gone` : `kept ${count} as they are`;
  return `${who} decided on this run already and ${did}. Nothing was done a second time.`;
}

export default function SyncRunPage() {
  const { run: loaded, preview, previewed, targets, ...rest } = useLoaderData<typeof loader>();
  const { changes, quarantined, missing, decision, mayRun } = rest;
  const refused = useActionData<typeof action>();
  const run = useLiveRun(loaded);
  return (
    <div className="grid max-w-[90rem] grid-cols-1 gap-4">
      <PageHeader
        title={`${runKindName(run)}, run ${run.id}`}
        lead={<RunBadge status={run.status} />}
        actions={
          mayRun && run.status === 'RUNNING' ? (
            <CancelRun runId={run.id} asked={run.cancelRequested} />
          ) : null
        }
      />
      <SyncTabs />
      <Refusal words={refused?.refusal} />
      <RunEndingNotice run={run} decision={decision} />
      {missing ? <HeldRun run={run} view={missing} refused={refused?.typed} /> : null}
      <RunFacts run={run} linked={changes !== null && !changes.scoped} />
      {targets ? <TargetResults targets={targets} /> : null}
      {changes ? <RunChanges run={run} view={changes} /> : null}
      {quarantined.length > 0 ? (
        <Card title={`Quarantined: ${plural(quarantined.length, 'record')}`} flush>
          <QuarantineList records={quarantined} />
        </Card>
      ) : null}
      {preview ? <RunPreview run={run} preview={preview} groups={previewed} /> : null}
    </div>
  );
}
