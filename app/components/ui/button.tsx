import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';
export type ButtonSize = 'small' | 'medium';

const looks: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line-strong/60 bg-surface text-ink hover:bg-sunken',
  danger: 'border-bad/50 bg-surface text-bad hover:bg-bad-soft',
  quiet: 'border-transparent text-ink hover:bg-sunken',
};

const sizes: Record<ButtonSize, string> = {
  small: 'min-h-7 px-2.5 text-xs',
  medium: 'min-h-9 px-3.5 text-sm',
};

export interface ButtonLook {
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
}

/** The classes of a button, for what looks like one and is something else. */
export function buttonLook({
  variant = 'secondary',
  size = 'medium',
  className,
}: ButtonLook): string {
  return clsx(
    'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
    looks[variant],
    sizes[size],
    className,
  );
}

/** A button; it submits unless told otherwise, as in HTML. */
export function Button({
  variant,
  size,
  className,
  ...button
}: ButtonLook & ComponentProps<'button'>) {
  return <button {...button} className={buttonLook({ variant, size, className })} />;
}
