import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Button, type ButtonVariant } from '#app/components/ui/button.tsx';
import { useSent } from './use-sent.ts';

/** A form that asks for one intent on the page of an opportunity. Its button rests while it is on its way. */
export function ActForm({
  intent,
  button,
  variant = 'primary',
  consequence,
  children,
}: {
  intent: string;
  button: string;
  variant?: ButtonVariant;
  /** What the button brings about, said beside it. */
  consequence?: ReactNode;
  children: ReactNode;
}) {
  const { sending } = useSent(intent);
  return (
    <Form method="post" preventScrollReset className="grid min-w-0 gap-3">
      {children}
      {consequence ? <p className="text-xs text-muted">{consequence}</p> : null}
      <Button variant={variant} disabled={sending} className="justify-self-start">
        {button}
      </Button>
    </Form>
  );
}
