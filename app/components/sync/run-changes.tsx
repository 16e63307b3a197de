import { Link } from '@remix-run/react';
import { Download } from 'lucide-react';
import { lastRank, touches } from '#app/domain/change-rank.ts';
import type { SyncRun } from '#app/domain/freshness.ts';
import { changesAddress, type ChangeQuery, type ChangeSection } from '#app/domain/run-address.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import type { RunChangeCounts } from '#app/models/run-change-counts.server.ts';
import type { ChangedOpportunity, ChangePage, RunChange } from '#app/models/run-change.server.ts';
import { buttonLook } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { Tabs } from '#app/components/ui/tabs.tsx';
import { NewOpportunities } from './new-opportunities.tsx';
import { RunChangeList } from './run-change-list.tsx';
import { WrittenAnew } from './written-anew.tsx';

export interface ChangesView {
  counts: RunChangeCounts;
  query: ChangeQuery & { show: ChangeSection };
  moved: ChangePage<RunChange> | null;
  brought: ChangePage<ChangedOpportunity> | null;
  /** Whether there may be more than the viewer sees. */
  scoped: boolean;
}

/** What a run brought and moved: in one sentence, then list by list, the gravest first. */
export function RunChanges({ run, view }: { run: SyncRun; view: ChangesView }) {
  const runId = run.id;
  const { counts, query, moved, brought, scoped } = view;
  const next = (brought ?? moved)?.next ?? null;
  const whose = scoped ? ' among the opportunities you may see' : '';
  const empty = counts.sections.moved + counts.sections.new === 0;
  return (
    <div id="changes" className="scroll-mt-4">
      <Card
        title="What this run changed"
        flush
        actions={
          empty ? null : (
            <a
              href={`/sync/runs/${runId}/export`}
              download
              className={buttonLook({ size: 'small' })}
            >
              <Download aria-hidden />
              Export
            </a>
          )
        }
      >
        {empty ? (
          <EmptyState
            title={
              run.status === 'RUNNING'
                ? 'Changes are listed as they come'
                : `Nothing new and nothing changed${whose}`
            }
          >
            A run that finds an opportunity as it was leaves it untouched and only counts it.
          </EmptyState>
        ) : (
          <>
            <div className="grid gap-1 px-4 pt-3">
              <Headline runId={runId} counts={counts} />
              {scoped ? (
                <p className="text-xs text-muted">Only the opportunities you may see.</p>
              ) : null}
            </div>
            <div className="mt-2 [&>nav]:px-2">
              <Sections runId={runId} counts={counts} query={query} />
            </div>
            <Narrowed runId={runId} query={query} />
            {moved ? <RunChangeList rows={moved.rows} /> : null}
            {brought ? <NewOpportunities rows={brought.rows} /> : null}
            <Pages runId={runId} query={query} next={next} />
          </>
        )}
        {scoped ? null : <WrittenAnew run={run} counts={counts} />}
      </Card>
    </div>
  );
}

/** What of the work people do was moved; each count leads to its list. */
function Headline({ runId, counts }: { runId: string; counts: RunChangeCounts }) {
  const parts = touches
    .slice(0, lastRank)
    .map((touch) => ({ ...touch, count: counts.touches[touch.key] }))
    .filter(({ count }) => count > 0);
  const rest = [
    { touch: 'stale' as const, count: counts.stale, one: 'assessment went stale' },
    { show: 'closed' as const, count: counts.sections.closed, one: 'closed in the CRM' },
    { show: 'reopened' as const, count: counts.sections.reopened, one: 'reopened there' },
  ].filter(({ count }) => count > 0);
  if (parts.length + rest.length === 0) {
    return (
      <p className="text-base">Nothing was moved that anybody has decided or is at work on.</p>
    );
  }
  return (
    <p className="text-base text-pretty">
      {parts.map(({ key, count, one, many }, at) => (
        <span key={key}>
          {at > 0 ? ', ' : ''}
          <Link
            to={`${changesAddress(runId, { touch: key })}#changes`}
            className="font-semibold link"
          >
            {formatCount(count)} {count === 1 ? one : many}
          </Link>
          {at === 0 ? ' moved' : ''}
        </span>
      ))}
      {rest.map(({ count, one, ...where }, at) => (
        <span key={one}>
          {parts.length + at > 0 ? ' · ' : ''}
          <Link to={`${changesAddress(runId, where)}#changes`} className="link">
            {where.touch ? plural(count, 'assessment') : formatCount(count)}{' '}
            {where.touch ? 'went stale' : one}
          </Link>
        </span>
      ))}
    </p>
  );
}

const tabs = [
  { show: 'moved', name: 'Moved' },
  { show: 'changed', name: 'Changed' },
  { show: 'gone', name: 'Gone' },
  { show: 'reappeared', name: 'Back' },
  { show: 'new', name: 'New' },
] as const;

function Sections({
  runId,
  counts,
  query,
}: { runId: string } & Pick<ChangesView, 'counts' | 'query'>) {
  return (
    <Tabs
      label="Changes by kind"
      tabs={tabs.map(({ show, name }) => ({
        to: `${changesAddress(runId, { show })}#changes`,
        name,
        count: counts.sections[show],
        current: query.show === show && query.touch === null,
      }))}
    />
  );
}

const turnNames = { closed: 'closed in the CRM', reopened: 'reopened in the CRM' } as const;

/** What the list is narrowed to beyond its kind, with the way out. */
function Narrowed({ runId, query }: { runId: string; query: ChangeQuery }) {
  const turn = query.show === 'closed' || query.show === 'reopened' ? turnNames[query.show] : null;
  const touch = touches.find(({ key }) => key === query.touch)?.name.toLowerCase();
  const stale = query.touch === 'stale' ? 'assessment went stale' : null;
  const words = [turn, touch, stale].filter(Boolean).join(', ');
  if (!words) return null;
  return (
    <p className="flex flex-wrap gap-x-3 border-b px-4 py-2 text-xs">
      <span>
        Only: <strong className="font-semibold">{words}</strong>
      </span>
      <Link to={`${changesAddress(runId, { show: 'moved' })}#changes`} className="link">
        Show everything that moved
      </Link>
    </p>
  );
}

function Pages({
  runId,
  query,
  next,
}: { runId: string; query: ChangeQuery } & Pick<ChangePage<unknown>, 'next'>) {
  const at = (after: ChangeQuery['after']) =>
    `${changesAddress(runId, { ...query, after })}#changes`;
  return (
    <Pager
      label="Pages of changes"
      inCard
      first={query.after ? at(null) : null}
      next={next ? at(next) : null}
    />
  );
}
