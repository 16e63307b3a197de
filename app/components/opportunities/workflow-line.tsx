import { Check } from 'lucide-react';
import { clsx } from 'clsx';
import type { WorkflowStatus } from '#app/domain/workflow.ts';

const steps: { name: string; reached: readonly WorkflowStatus[] }[] = [
  { name: 'New', reached: ['NEW'] },
  { name: 'Assigned', reached: ['ASSIGNED'] },
  { name: 'In assessment', reached: ['IN_ASSESSMENT'] },
  { name: 'Submitted', reached: ['SUBMITTED'] },
  { name: 'Recommended', reached: ['RECOMMENDED'] },
  { name: 'Decided', reached: ['GO', 'NO_GO', 'CONDITIONAL_GO'] },
];

/**
 * How far the qualification has come. Where it is interrupted (on hold, closed in the CRM) the line shows
 * the step it was interrupted at, if that is known.
 */
export function WorkflowLine({
  status,
  before,
}: {
  status: WorkflowStatus;
  before: WorkflowStatus | null;
}) {
  const interrupted = status === 'ON_HOLD' || status === 'CLOSED_IN_CRM';
  const at = steps.findIndex((step) =>
    step.reached.includes((interrupted ? before : status) ?? 'NEW'),
  );
  return (
    <ol aria-label="Qualification" className="flex flex-wrap gap-x-1 gap-y-2 text-xs">
      {steps.map(({ name }, index) => (
        <li
          key={name}
          aria-current={index === at && !interrupted ? 'step' : undefined}
          className={clsx(
            'flex grow items-center gap-1.5 border-t-2 pt-1.5 pr-3 whitespace-nowrap',
            index < at && 'border-accent text-ink',
            index === at && 'font-semibold',
            index === at &&
              (interrupted ? 'border-line-strong text-muted' : 'border-accent text-accent'),
            index > at && 'border-line text-muted',
          )}
        >
          {index < at ? (
            <Check role="img" aria-label="done:" className="size-3.5 text-accent" />
          ) : null}
          {name}
        </li>
      ))}
    </ol>
  );
}
