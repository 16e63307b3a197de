import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** What stands where a list would, when there is nothing to list: why, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
  className,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={clsx('grid justify-items-center gap-2 px-6 py-14 text-center', className)}>
      <p className="text-base font-semibold text-balance">{title}</p>
      {children ? <div className="max-w-prose text-pretty text-muted">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
