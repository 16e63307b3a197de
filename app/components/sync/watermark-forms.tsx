import { Form } from '@remix-run/react';
import { typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import { longestBackfill } from '#app/domain/watermark.ts';
import { useClock } from '#app/components/root-data.ts';
import { useBusy } from '#app/components/sync/use-busy.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';

interface FormState {
  typed?: Typed;
  errors?: FieldErrors;
}

/** Sets the watermark back, so that the next delta reads again what it has read before. */
export function SetBackForm({
  lastChange,
  typed,
  errors = {},
}: FormState & {
  /** The last change this form is made on. */
  lastChange: string;
}) {
  const { zone, zoneKnown } = useClock();
  return (
    <Card title="Set it back">
      <Form method="post" className="grid gap-3" key={lastChange}>
        <input type="hidden" name="seen" value={lastChange} />
        <input type="hidden" name="zone" value={zone} />
        <p className="max-w-prose text-muted">
          Where the CRM may have changed records behind our back. The next incremental sync reads
          everything changed since then; what is equal is not written.
        </p>
        <TextField
          type="datetime-local"
          name="to"
          label={`Back to (${zoneKnown ? zone : 'UTC'})`}
          hint="Only ever back: ahead, it would skip changes."
          defaultValue={typedValue(typed, 'to')}
          error={errors.to}
          required
          className="max-w-80"
        />
        <TextAreaField
          name="reason"
          label="Why"
          hint="Kept in the history and in the audit."
          rows={2}
          defaultValue={typedValue(typed, 'reason')}
          error={errors.reason}
          most={500}
          required
        />
        <Button name="intent" value="set-back" disabled={useBusy()} className="justify-self-start">
          Set the watermark back
        </Button>
      </Form>
    </Card>
  );
}

/** Orders a run that reads what was last changed on some days. */
export function BackfillForm({ typed, errors = {} }: FormState) {
  return (
    <Card title="Backfill a range of days">
      <Form method="post" className="grid gap-3">
        <p className="max-w-prose text-muted">
          Reads what was last changed in the CRM on these days and writes what differs. It marks
          nothing as gone and leaves the watermark where it is.
        </p>
        <div className="flex flex-wrap items-start gap-3">
          <TextField
            type="date"
            name="from"
            label="First day (UTC)"
            defaultValue={typedValue(typed, 'from')}
            error={errors.from}
            required
            className="w-44"
          />
          <TextField
            type="date"
            name="to"
            label="Last day (UTC)"
            hint={`At most ${longestBackfill} days.`}
            defaultValue={typedValue(typed, 'to')}
            error={errors.to}
            required
            className="w-44"
          />
        </div>
        <TextAreaField
          name="reason"
          label="Why (optional)"
          rows={2}
          defaultValue={typedValue(typed, 'reason')}
          error={errors.reason}
          most={500}
        />
        <Button name="intent" value="backfill" disabled={useBusy()} className="justify-self-start">
          Start the backfill
        </Button>
      </Form>
    </Card>
  );
}
