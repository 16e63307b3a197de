import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** One figure with its name, for use inside a `<dl>`. */
export function Stat({
  label,
  value,
  note,
  className,
}: {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  className?: string;
}) {
  return (
    <div className={clsx('grid content-start gap-0.5', className)}>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-base leading-6 font-semibold md:text-lg">{value}</dd>
      {note ? <dd className="text-xs text-muted">{note}</dd> : null}
    </div>
  );
}
