import { Link } from '@remix-run/react';
import { ChangeList } from '#app/components/change-list.tsx';
import { Moment } from '#app/components/time.tsx';
import type { OpportunityChange } from '#app/models/opportunity-change.server.ts';

/** What the CRM changed, run by run, newest first. `linked`: whether the viewer may open a run. */
export function ChangeHistory({
  changes,
  linked,
}: {
  changes: OpportunityChange[];
  linked: boolean;
}) {
  if (changes.length === 0) {
    return <p className="text-muted">Nothing has changed in the CRM since BQS first read it.</p>;
  }
  return (
    <ol className="grid gap-5">
      {changes.map((change) => (
        <li key={`${change.runId} ${change.kind}`} className="grid gap-1.5 border-l-2 pl-4">
          <p className="text-xs font-medium">
            <Moment at={change.at} />
            {linked ? (
              <>
                {' · '}
                <Link to={`/sync/runs/${change.runId}`} className="font-normal link">
                  run {change.runId}
                </Link>
              </>
            ) : null}
          </p>
          <ChangeList change={change} />
        </li>
      ))}
    </ol>
  );
}
