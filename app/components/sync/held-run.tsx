import { Form } from '@remix-run/react';
import { lastRank, touches } from '#app/domain/change-rank.ts';
import type { SyncRun } from '#app/domain/freshness.ts';
import { missingAddress, type HeldIntent, type MissingQuery } from '#app/domain/held-form.ts';
import { listed } from '#app/domain/listed.ts';
import { mostMissing } from '#app/domain/sync.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import type { HeldFigures, MissingPage } from '#app/models/held-missing.server.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { HeldChoice } from './held-choice.tsx';
import { OpportunityItem } from './new-opportunities.tsx';

export interface HeldView {
  figures: HeldFigures;
  query: MissingQuery;
  page: MissingPage;
}

/** What one of the forms sent when it was refused. */
export interface HeldRefusal {
  intent: HeldIntent;
  reason: string;
  confirmed: boolean;
  errors: Record<string, string>;
}

/** What a held sweep did not find: why it waits, the two ways on, and the whole list. */
export function HeldRun({
  run,
  view,
  refused,
}: {
  run: SyncRun;
  view: HeldView;
  refused: HeldRefusal | undefined;
}) {
  const { figures } = view;
  const { missing, live } = figures;
  return (
    <>
      <Card title="Why it waits">
        <dl className="grid grid-cols-2 gap-x-8 gap-y-4 md:grid-cols-4">
          <Stat label="In BQS" value={formatCount(live)} note="not marked as gone" />
          <Stat label="Sent by the CRM" value={formatCount(run.totalFetched)} />
          <Stat
            label="Not sent"
            value={formatCount(missing)}
            note={<AtStake figures={figures} />}
          />
          <Stat
            label="A sync may mark by itself"
            value={`${formatCount(mostMissing(live))} at most`}
            note="20, or 2 % of what is in BQS if that is more"
          />
        </dl>
        <p className="mt-3 max-w-prose text-muted">
          Either the CRM has really dropped them, or it showed only a part: an account that lost a
          role, a finder that filters, an answer cut short. Open a few of them in the CRM before you
          say which.
        </p>
      </Card>
      {missing > 0 ? (
        <div className="grid gap-4 lg:grid-cols-2">
          {(['release', 'drop'] as const).map((intent) => (
            <HeldChoice
              key={intent}
              runId={run.id}
              intent={intent}
              count={missing}
              refused={refused?.intent === intent ? refused : undefined}
            />
          ))}
        </div>
      ) : null}
      <MissingList runId={run.id} view={view} />
    </>
  );
}

function AtStake({ figures: { ranks } }: Pick<HeldView, 'figures'>) {
  const parts = ranks
    .filter(({ rank }) => rank < lastRank)
    .map(({ rank, count }) => `${formatCount(count)} ${touches[rank]?.name.toLowerCase()}`);
  return <>{parts.length > 0 ? listed(parts) : 'nobody is at work on any of them'}</>;
}

function MissingList({ runId, view: { figures, query, page } }: { runId: string; view: HeldView }) {
  return (
    <div id="missing" className="scroll-mt-4">
      <Card title={`What the CRM did not send: ${formatCount(figures.missing)}`} flush>
        <Form
          action={`/sync/runs/${runId}#missing`}
          className="flex flex-wrap items-end gap-2 border-b px-4 py-3"
        >
          <TextField
            name="q"
            type="search"
            label="Name, account or number"
            maxLength={300}
            defaultValue={query.search ?? ''}
            className="min-w-0 grow md:max-w-80"
          />
          <Button>Find</Button>
          {query.search ? (
            <LinkButton to={missingAddress(runId, { search: null, after: null })} variant="quiet">
              Clear
            </LinkButton>
          ) : null}
          {query.search ? (
            <p className="basis-full text-xs text-muted">
              {plural(figures.found, 'opportunity', 'opportunities')} found
            </p>
          ) : null}
        </Form>
        {page.rows.length === 0 ? (
          <p className="px-4 py-6 text-muted">
            {query.search
              ? 'None of them has these words.'
              : 'A later sync has seen all of them; there is nothing left to decide.'}
          </p>
        ) : (
          <ul className="divide-y">
            {page.rows.map((row) => (
              <OpportunityItem key={row.id} opportunity={row} />
            ))}
          </ul>
        )}
        <Pager
          label="Pages of the list"
          inCard
          first={query.after ? missingAddress(runId, { ...query, after: null }) : null}
          next={page.next ? missingAddress(runId, { ...query, after: page.next }) : null}
        />
      </Card>
    </div>
  );
}
