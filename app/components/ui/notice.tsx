import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import type { Tone } from './badge.tsx';

const looks: Record<Tone, { className: string; icon: typeof Info }> = {
  neutral: { className: 'bg-surface border-line text-ink', icon: Info },
  info: { className: 'bg-info-soft border-info/30 text-info', icon: Info },
  good: { className: 'bg-good-soft border-good/30 text-good', icon: CircleCheck },
  warning: { className: 'bg-warning-soft border-warning/30 text-warning', icon: TriangleAlert },
  bad: { className: 'bg-bad-soft border-bad/30 text-bad', icon: CircleAlert },
};

/** Something to know before reading on. Give it `role="alert"` only where it answers an action. */
export function Notice({
  tone = 'neutral',
  title,
  className,
  children,
  ...div
}: { tone?: Tone; title?: ReactNode } & Omit<ComponentProps<'div'>, 'title'>) {
  const { className: look, icon: Icon } = looks[tone];
  return (
    <div {...div} className={clsx('flex gap-2.5 rounded-md border px-3 py-2.5', look, className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid min-w-0 grow gap-0.5">
        {title ? <p className="font-semibold wrap-anywhere">{title}</p> : null}
        {children ? <div className="text-ink">{children}</div> : null}
      </div>
    </div>
  );
}
