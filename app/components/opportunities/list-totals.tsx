import { formatDecimal, plural } from '#app/lib/format.ts';
import type { CurrencyTotal } from '#app/models/opportunity-counts.server.ts';

/** What the list is worth, currency by currency, and how many rows have no amount to count. */
export function ListTotals({ total, totals }: { total: number; totals: CurrencyTotal[] }) {
  const without = totals.reduce((sum, each) => sum + each.withoutAmount, 0);
  const sums = totals.filter((each) => each.amount !== null);
  return (
    <dl className="flex flex-wrap items-baseline gap-x-6 gap-y-1 max-md:grid max-md:grid-cols-2 max-md:text-xs">
      <div className="max-md:col-span-2">
        <dt className="sr-only">Opportunities</dt>
        <dd className="text-sm font-semibold text-ink">
          {plural(total, 'opportunity', 'opportunities')}
        </dd>
      </div>
      {sums.map(({ currency, amount, count, withoutAmount }) => (
        <div key={currency ?? ''} className="flex items-baseline gap-1.5">
          <dt className="text-xs text-muted">{currency ?? 'no currency'}</dt>
          <dd
            title={`${plural(count - withoutAmount, 'opportunity', 'opportunities')} with an amount`}
          >
            {formatDecimal(amount ?? '')}
          </dd>
        </div>
      ))}
      {without > 0 ? (
        <div>
          <dt className="sr-only">Without an amount</dt>
          <dd className="text-xs text-muted">{plural(without, 'without', 'without')} amount</dd>
        </div>
      ) : null}
    </dl>
  );
}
