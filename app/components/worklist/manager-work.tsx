import { Link } from '@remix-run/react';
import { useRootData } from '#app/components/root-data.ts';
import { Notice } from '#app/components/ui/notice.tsx';
import { formatDay } from '#app/lib/format.ts';
import type { readManagerWork } from '#app/models/worklist.server.ts';
import { HeadlessCard } from './headless-card.tsx';
import { OutcomesCard } from './outcomes-card.tsx';
import { PipelineCard } from './pipeline-card.tsx';
import { Marks, RowButton } from './row-answer.tsx';
import { WaitingItem } from './waiting-item.tsx';
import { LeftOut, WorkCard, WorkItem } from './work-list.tsx';

/** A manager's three questions: what to decide, whether the pipeline can be trusted, whether GOs win. */
export function ManagerWork({
  work,
  today,
}: {
  work: Awaited<ReturnType<typeof readManagerWork>>;
  today: string;
}) {
  const { waiting, stale, holds, outcomes } = work;
  const { overdue } = outcomes.conditions;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
      <div className="grid gap-4">
        <HeadlessCard headless={work.headless} />
        {overdue > 0 ? (
          <Notice
            tone="warning"
            title={
              <Link to="/decisions?show=conditions" className="link">
                {overdue === 1 ? 'One condition is' : `${overdue} conditions are`} overdue
              </Link>
            }
          />
        ) : null}
        <WorkCard
          title="Waiting for your decision"
          total={waiting.total}
          all="/decisions"
          empty="Nothing waits for a decision."
        >
          {waiting.rows.map((row) => (
            <WaitingItem key={row.id} row={row} today={today} returnTo="/" />
          ))}
        </WorkCard>
        {stale.total > 0 ? (
          <WorkCard title="The CRM moved since you decided" total={stale.total} empty="">
            {stale.rows.map((row) => (
              <WorkItem key={row.id} row={row} today={today}>
                <Marks marks={row.marks} />
                <RowButton row={row} intent="still-holds" label="The decision stands" />
              </WorkItem>
            ))}
            <LeftOut shown={stale.rows.length} total={stale.total} />
          </WorkCard>
        ) : null}
        {holds.total > 0 ? (
          <WorkCard title="Holds that have run out" total={holds.total} empty="">
            {holds.rows.map((row) => (
              <WorkItem key={row.id} row={row} today={today}>
                <p className="text-xs wrap-anywhere">
                  <span className="text-muted">until {formatDay(row.until)}:</span> {row.reason}
                </p>
                <RowButton row={row} intent="resume" label="Resume" />
              </WorkItem>
            ))}
            <LeftOut shown={holds.rows.length} total={holds.total} />
          </WorkCard>
        ) : null}
      </div>
      <div className="grid gap-4">
        <PipelineCard lines={work.pipeline} freshness={useRootData()?.freshness ?? null} />
        <OutcomesCard work={work} />
      </div>
    </div>
  );
}
