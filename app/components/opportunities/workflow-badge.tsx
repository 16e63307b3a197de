import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';

const tones: Record<WorkflowStatus, Tone> = {
  NEW: 'neutral',
  ASSIGNED: 'info',
  IN_ASSESSMENT: 'info',
  SUBMITTED: 'info',
  RECOMMENDED: 'info',
  GO: 'good',
  NO_GO: 'bad',
  CONDITIONAL_GO: 'warning',
  ON_HOLD: 'warning',
  CLOSED_IN_CRM: 'neutral',
};

/** Where an opportunity is in the qualification. */
export function WorkflowBadge({ status, name }: { status: WorkflowStatus; name: string }) {
  return (
    <Badge tone={tones[status]} className={status === 'CLOSED_IN_CRM' ? 'text-muted' : undefined}>
      {name}
    </Badge>
  );
}
