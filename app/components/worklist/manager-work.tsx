import { Link } from '@remix-run/react';
import { useRootData } from '#app/components/root-data.ts';
import { Notice } from '#app/components/ui/notice.tsx';
import type { readManagerWork } from '#app/models/worklist.server.ts';
import { OutcomesCard } from './outcomes-card.tsx';
import { PipelineCard } from './pipeline-card.tsx';
import { WaitingItem } from './waiting-item.tsx';
import { WorkCard } from './work-list.tsx';

/** A manager's three questions: what to decide, whether the pipeline can be trusted, whether GOs win. */
export function ManagerWork({
  work,
  today,
  viewerId,
}: {
  work: Awaited<ReturnType<typeof readManagerWork>>;
  today: string;
  viewerId: string;
}) {
  const { waiting, outcomes } = work;
  const { overdue } = outcomes.conditions;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
      <div className="grid gap-4">
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
            <WaitingItem key={row.id} row={row} today={today} viewerId={viewerId} returnTo="/" />
          ))}
        </WorkCard>
      </div>
      <div className="grid gap-4">
        <PipelineCard lines={work.pipeline} freshness={useRootData()?.freshness ?? null} />
        <OutcomesCard work={work} />
      </div>
    </div>
  );
}
