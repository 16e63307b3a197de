import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { formatDecimal } from '#app/lib/format.ts';

/** What stands for a value the CRM does not have; the short form says the rest on hover. */
export function NotSet({ short = false }: { short?: boolean }) {
  return (
    <span className="text-muted italic" title={short ? 'not set in CRM' : undefined}>
      {short ? 'not set' : 'not set in CRM'}
    </span>
  );
}

/** A text of the CRM, in whichever direction it is written. */
export function CrmText({ value, short }: { value: string | null; short?: boolean }): ReactNode {
  return value === null ? <NotSet short={short} /> : <bdi>{value}</bdi>;
}

/** An amount to the digit with its currency. Without a currency it is a number of nothing, and says so. */
export function Amount({
  value,
  currency,
  short = false,
  className,
}: {
  value: string | null;
  currency: string | null;
  short?: boolean;
  className?: string;
}) {
  if (value === null) return <NotSet short={short} />;
  return (
    <span className={clsx('whitespace-nowrap', className)}>
      {formatDecimal(value)}{' '}
      <span className="text-xs font-normal text-muted">{currency ?? 'no currency'}</span>
    </span>
  );
}
