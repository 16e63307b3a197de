import { Form } from '@remix-run/react';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, type ButtonVariant } from '#app/components/ui/button.tsx';
import { opportunityPath } from '#app/lib/opportunity-path.ts';

/** A form of one row, sent to the opportunity's page, folded away until it is wanted. */
export function RowForm({
  row,
  label,
  submit,
  variant = 'primary',
  children,
}: {
  row: { remoteNumber: string | null; remoteId: string; name: string | null };
  /** What opens it. */
  label: string;
  submit: string;
  variant?: ButtonVariant;
  children: ReactNode;
}) {
  return (
    <details className="group/row min-w-0 open:basis-full">
      <summary className="inline-flex items-center gap-1 rounded-md py-1 text-xs link">
        <ChevronRight
          aria-hidden
          className="size-3.5 transition-transform group-open/row:rotate-90"
        />
        {label}
        <span className="sr-only">: {row.name ?? row.remoteNumber ?? 'an opportunity'}</span>
      </summary>
      <Form
        method="post"
        action={opportunityPath(row)}
        className="mt-1 mb-2 grid max-w-2xl gap-3 rounded-md border bg-paper p-3"
      >
        {children}
        <Button variant={variant} size="small" className="justify-self-start">
          {submit}
        </Button>
      </Form>
    </details>
  );
}
