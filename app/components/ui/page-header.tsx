import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** The page's only h1, what the page is for, and its actions. */
export function PageHeader({
  title,
  lead,
  actions,
  className,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <header className={clsx('flex flex-wrap items-end justify-between gap-x-6 gap-y-3', className)}>
      <div className="grid min-w-0 gap-1">
        <h1 className="text-xl font-semibold tracking-tight text-pretty break-words">{title}</h1>
        {lead ? <div className="text-muted">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
