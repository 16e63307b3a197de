import { SignedName } from '#app/components/signed-name.tsx';
import { Form } from '@remix-run/react';
import { Badge } from '#app/components/ui/badge.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import { dueWords } from '#app/domain/work-words.ts';
import { formatDay } from '#app/lib/format.ts';
import type { OpenCondition } from '#app/models/decision-list.server.ts';
import { WorkItem } from './work-list.tsx';

/** A condition that is not met yet, with the form that says it is. */
export function ConditionItem({
  row,
  today,
  typed,
  error,
}: {
  row: OpenCondition;
  today: string;
  /** The note of a form that was refused. */
  typed?: string;
  error?: string;
}) {
  const overdue = row.due < today;
  return (
    <WorkItem
      row={row}
      today={today}
      aside={<Badge tone={overdue ? 'bad' : 'neutral'}>{dueWords(row.due, today)}</Badge>}
    >
      <p className="wrap-anywhere">{row.condition}</p>
      <p className="text-xs text-muted">
        by {formatDay(row.due)}, asked for by <SignedName name={row.decidedBy} />
      </p>
      <Form method="post" className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="intent" value="meet-condition" />
        <input type="hidden" name="opportunityId" value={row.id} />
        <input type="hidden" name="conditionId" value={row.conditionId} />
        <TextField
          name="note"
          label="How it is known to be met"
          defaultValue={typed}
          error={error}
          minLength={5}
          most={2000}
          required
          className="min-w-56 grow"
        />
        <Button aria-label={`Met: ${row.condition}`}>Met</Button>
      </Form>
    </WorkItem>
  );
}
