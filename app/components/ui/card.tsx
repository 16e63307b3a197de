import { clsx } from 'clsx';
import { useId, type ReactNode } from 'react';

/** A surface with an optional title and, right of it, what can be done. `flush` leaves out the padding. */
export function Card({
  title,
  actions,
  flush = false,
  className,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={clsx('min-w-0 rounded-lg border bg-surface', className)}
    >
      {title || actions ? (
        <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2.5">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {actions}
        </div>
      ) : null}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
}
