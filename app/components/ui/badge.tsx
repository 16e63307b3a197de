import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'bad';

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink',
  info: 'bg-info-soft text-info',
  good: 'bg-good-soft text-good',
  warning: 'bg-warning-soft text-warning',
  bad: 'bg-bad-soft text-bad',
};

/** A short word about a state. Its colour repeats what the word says and never stands for it. */
export function Badge({
  tone = 'neutral',
  className,
  ...span
}: { tone?: Tone } & ComponentProps<'span'>) {
  return (
    <span
      {...span}
      className={clsx(
        'inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 text-xs leading-4 font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    />
  );
}
