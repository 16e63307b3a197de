import { AssignFields } from '#app/components/qualification/assign-fields.tsx';
import { notSet } from '#app/domain/opportunity-query.ts';
import { listOfStates } from '#app/domain/work-words.ts';
import type { readHeadWork } from '#app/models/worklist.server.ts';
import { ClockBadge } from './clock-badge.tsx';
import { LoadCard } from './load-card.tsx';
import { ReviewItem } from './review-item.tsx';
import { RowForm } from './row-form.tsx';
import { ByClose, WorkCard, WorkItem } from './work-list.tsx';

/** A practice head's three questions: what has no architect, who has room, what waits for them. */
export function HeadWork({
  work: { unassigned, architects, reviews, practices },
  today,
}: {
  work: Awaited<ReturnType<typeof readHeadWork>>;
  today: string;
}) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-[5fr_3fr_5fr]">
      <WorkCard
        title="Without an architect"
        total={unassigned.total}
        all={listOfStates(['NEW'], [...practices, notSet])}
        empty={
          practices.length > 0
            ? 'Every opportunity of your practices has an architect.'
            : 'You head no practice yet. A manager can add you to one on the page People.'
        }
      >
        <ByClose
          list={unassigned}
          today={today}
          item={(row) => (
            <WorkItem key={row.id} row={row} today={today} aside={<ClockBadge clock={row.clock} />}>
              <RowForm row={row} label="Assign" submit="Assign">
                <AssignFields facts={row} architects={architects} returnTo="/" />
              </RowForm>
            </WorkItem>
          )}
        />
      </WorkCard>
      <LoadCard architects={architects} />
      <WorkCard
        title="Waiting for your recommendation"
        total={reviews.total}
        all="/reviews"
        empty="No submitted assessment waits for you."
      >
        {reviews.rows.map((row) => (
          <ReviewItem key={row.id} row={row} today={today} returnTo="/" />
        ))}
      </WorkCard>
    </div>
  );
}
