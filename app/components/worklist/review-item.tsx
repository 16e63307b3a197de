import { RecommendFields } from '#app/components/qualification/recommend-fields.tsx';
import { ReturnFields } from '#app/components/qualification/return-fields.tsx';
import type { Review } from '#app/models/worklist-reviews.server.ts';
import { AssessedLine } from './assessed-line.tsx';
import { ClockBadge } from './clock-badge.tsx';
import { RowForm } from './row-form.tsx';
import { WorkItem } from './work-list.tsx';

/** A submitted assessment, recommended on or returned from the row. `returnTo` is the page it stands on. */
export function ReviewItem({
  row,
  today,
  returnTo,
}: {
  row: Review;
  today: string;
  returnTo: string;
}) {
  const facts = { revision: row.revision, assessmentId: row.assessmentId };
  return (
    <WorkItem row={row} today={today} aside={<ClockBadge clock={row.clock} />}>
      <AssessedLine row={row} />
      <p className="text-xs text-muted">{row.gap}</p>
      {row.flip ? <p className="text-xs text-muted">{row.flip}</p> : null}
      {row.obstacle ? (
        <p className="text-xs text-muted">{row.obstacle}</p>
      ) : (
        <div className="flex flex-wrap gap-x-4">
          <RowForm row={row} label="Recommend" submit="Recommend">
            <RecommendFields facts={facts} returnTo={returnTo} />
          </RowForm>
          <RowForm row={row} label="Return" submit="Return to the architect" variant="secondary">
            <ReturnFields facts={facts} returnTo={returnTo} />
          </RowForm>
        </div>
      )}
    </WorkItem>
  );
}
