import { Amount, NotSet } from '#app/components/crm-value.tsx';
import { formatDay } from '#app/lib/format.ts';
import type { ChangedOpportunity } from '#app/models/run-change.server.ts';
import { OpportunityLines } from './run-change-list.tsx';

/** Opportunities with what they are worth and when they close. */
export function NewOpportunities({ rows }: { rows: ChangedOpportunity[] }) {
  if (rows.length === 0) {
    return <p className="px-4 py-6 text-muted">This run brought no new opportunity.</p>;
  }
  return (
    <ul className="divide-y">
      {rows.map((opportunity) => (
        <OpportunityItem key={opportunity.id} opportunity={opportunity} />
      ))}
    </ul>
  );
}

/** One of them. */
export function OpportunityItem({ opportunity }: { opportunity: ChangedOpportunity }) {
  const { dealValue, currency, closeDate } = opportunity;
  return (
    <li className="flex flex-wrap items-baseline gap-x-6 gap-y-0.5 px-4 py-2">
      <div className="min-w-0 grow basis-72">
        <OpportunityLines opportunity={opportunity} />
      </div>
      <Amount value={dealValue} currency={currency} short className="font-medium" />
      <span className="text-xs whitespace-nowrap text-muted md:w-32 md:text-right">
        closes {closeDate === null ? <NotSet short /> : formatDay(closeDate)}
      </span>
    </li>
  );
}
