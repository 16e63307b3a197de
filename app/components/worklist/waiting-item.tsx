import { DecideFields } from '#app/components/qualification/decide-fields.tsx';
import { HoldFields } from '#app/components/qualification/hold-fields.tsx';
import { ReturnFields } from '#app/components/qualification/return-fields.tsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { formatWorking } from '#app/domain/decision-clock.ts';
import { recommendationNames } from '#app/domain/work-words.ts';
import type { Waiting } from '#app/models/worklist-decisions.server.ts';
import { AssessedLine } from './assessed-line.tsx';
import { ClockBadge } from './clock-badge.tsx';
import { RowForm } from './row-form.tsx';
import { WorkItem } from './work-list.tsx';

/** An opportunity that waits for a decision, decided from the row. `returnTo` is the page it stands on. */
export function WaitingItem({
  row,
  today,
  returnTo,
  whole = false,
}: {
  row: Waiting;
  today: string;
  returnTo: string;
  /** Whether the rationale and the rarer actions are shown too. */
  whole?: boolean;
}) {
  const facts = { revision: row.revision, assessmentId: row.assessmentId };
  return (
    <WorkItem row={row} today={today} aside={<ClockBadge clock={row.clock} />}>
      <AssessedLine row={row} />
      {row.clock ? (
        <p className="text-xs text-muted">
          waiting {formatWorking(row.clock.elapsedMinutes)} of working time
        </p>
      ) : null}
      {row.recommendation ? (
        <div className="text-xs">
          Recommended: <strong>{recommendationNames[row.recommendation]}</strong> by{' '}
          {row.recommender}
          {whole && row.rationale ? (
            <blockquote className="mt-1 border-l-2 pl-2 wrap-anywhere text-muted">
              {row.rationale}
            </blockquote>
          ) : null}
        </div>
      ) : (
        <p className="text-xs">
          <Badge tone="info">Fast track</Badge> needs no recommendation
        </p>
      )}
      {row.obstacle ? (
        <p className="text-xs text-muted">{row.obstacle}</p>
      ) : (
        <div className="flex flex-wrap gap-x-4">
          <RowForm row={row} label="Decide" submit="Decide">
            <DecideFields
              facts={facts}
              overrides={row.overrides}
              recommended={row.recommendation}
              returnTo={returnTo}
            />
          </RowForm>
          {whole && row.recommendation ? (
            <RowForm row={row} label="Return" submit="Return to the architect" variant="secondary">
              <ReturnFields facts={facts} returnTo={returnTo} />
            </RowForm>
          ) : null}
          {whole ? (
            <RowForm row={row} label="Put on hold" submit="Put on hold" variant="secondary">
              <HoldFields facts={facts} returnTo={returnTo} />
            </RowForm>
          ) : null}
        </div>
      )}
    </WorkItem>
  );
}
