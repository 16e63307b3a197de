import { Link } from '@remix-run/react';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { RunChange } from '#app/models/opportunity-change.server.ts';
import { ChangeList } from '#app/components/change-list.tsx';
import { CrmText } from '#app/components/crm-value.tsx';

/** What a run changed, opportunity by opportunity. */
export function RunChanges({ changes }: { changes: RunChange[] }) {
  return (
    <ul className="divide-y">
      {changes.map((change) => (
        <li
          key={`${change.opportunity.id} ${change.kind}`}
          className="grid gap-x-6 gap-y-1 px-4 py-2.5 lg:grid-cols-[2fr_3fr]"
        >
          <p className="min-w-0 break-words">
            <Link to={opportunityPath(change.opportunity)} className="link">
              <CrmText value={change.opportunity.name} />
            </Link>
            <span className="block text-xs text-muted">
              {change.opportunity.remoteNumber ?? 'no number'} ·{' '}
              <CrmText value={change.opportunity.customer} />
            </span>
          </p>
          <div className="min-w-0">
            <ChangeList change={change} />
          </div>
        </li>
      ))}
    </ul>
  );
}
