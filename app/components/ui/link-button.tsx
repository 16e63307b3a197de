import { Link } from '@remix-run/react';
import type { ComponentProps } from 'react';
import { buttonLook, type ButtonLook } from './button.tsx';

/** A link that stands where a button would. */
export function LinkButton({
  variant,
  size,
  className,
  ...link
}: ButtonLook & ComponentProps<typeof Link>) {
  return <Link {...link} className={buttonLook({ variant, size, className })} />;
}
