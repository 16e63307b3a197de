import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

type Align = 'left' | 'right';

/**
 * A table that becomes a list of cards on a phone; give each `Td` a `label` for there. `caption` says
 * what the table holds and is read out, not shown.
 */
export function Table({
  caption,
  className,
  children,
  ...table
}: { caption: ReactNode } & ComponentProps<'table'>) {
  return (
    <table {...table} className={clsx('stacked-table w-full border-collapse', className)}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
}

/** A column's heading. */
export function Th({
  align = 'left',
  className,
  ...th
}: { align?: Align } & Omit<ComponentProps<'th'>, 'align'>) {
  return (
    <th
      scope="col"
      {...th}
      className={clsx(
        'border-b px-3 py-2 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
    />
  );
}

/** A cell. `label` repeats the column's heading where the row is a card. */
export function Td({
  align = 'left',
  label,
  className,
  ...td
}: { align?: Align; label?: string } & Omit<ComponentProps<'td'>, 'align'>) {
  return (
    <td
      {...td}
      data-label={label}
      className={clsx(
        'px-3 py-2 align-top md:first:pl-4 md:last:pr-4',
        align === 'right' ? 'text-right' : 'text-left',
        className,
      )}
    />
  );
}

/** A row of the body, with the line under it. */
export function Tr({ className, ...tr }: ComponentProps<'tr'>) {
  return <tr {...tr} className={clsx('border-b last:border-b-0', className)} />;
}
