import { SignedName } from '#app/components/signed-name.tsx';
import { Form } from '@remix-run/react';
import { Moment } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import type { DecisionSummary } from '#app/domain/qualification-view.ts';
import { formatDay } from '#app/lib/format.ts';

type Condition = DecisionSummary['conditions'][number];

const looks: Record<Condition['state'], { tone: Tone; name: string }> = {
  met: { tone: 'good', name: 'Met' },
  open: { tone: 'neutral', name: 'Open' },
  overdue: { tone: 'bad', name: 'Overdue' },
  lapsed: { tone: 'neutral', name: 'No longer needed' },
};

/** What a conditional GO hangs on. `mayMeet`: whether the viewer may note that one is met. */
export function Conditions({
  conditions,
  mayMeet,
}: {
  conditions: readonly Condition[];
  mayMeet: boolean;
}) {
  return (
    <ol aria-label="Conditions" className="my-1 grid divide-y rounded-md border">
      {conditions.map((condition) => (
        <li key={condition.id} className="grid gap-1 px-3 py-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <p className="min-w-0 wrap-anywhere">{condition.condition}</p>
            <p className="flex items-baseline gap-2 text-xs text-muted">
              due {formatDay(condition.due)}
              <Badge tone={looks[condition.state].tone}>{looks[condition.state].name}</Badge>
            </p>
          </div>
          {condition.met ? (
            <p className="text-xs text-muted">
              <SignedName name={condition.met.by} />, <Moment at={condition.met.at} />
              {condition.met.note ? `: ${condition.met.note}` : null}
            </p>
          ) : mayMeet ? (
            <Meet id={condition.id} />
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Meet({ id }: { id: string }) {
  return (
    <details>
      <summary className="inline-flex min-h-7 items-center text-xs link">It is met</summary>
      <Form method="post" preventScrollReset className="flex flex-wrap items-end gap-2 pt-1">
        <input type="hidden" name="intent" value="meet-condition" />
        <input type="hidden" name="conditionId" value={id} />
        <TextField
          name="note"
          label="How it is known to be met"
          minLength={5}
          maxLength={2000}
          required
          className="grow"
        />
        <Button size="small">Put on record</Button>
      </Form>
    </details>
  );
}
