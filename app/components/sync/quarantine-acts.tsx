import { useNavigation } from '@remix-run/react';
import { formatCount } from '#app/lib/format.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';

/** The two buttons an act has: with what is ticked in the form, and with all of the group. */
function Scopes({
  act,
  verb,
  form,
  total,
  danger = false,
}: {
  act: 'replay' | 'discard';
  verb: string;
  form: string;
  total: number;
  danger?: boolean;
}) {
  const busy = useNavigation().state !== 'idle';
  const look = danger ? ('danger' as const) : undefined;
  const all = total === 1 ? `${verb} it` : `${verb} all ${formatCount(total)}`;
  return (
    <div className="flex flex-wrap gap-2">
      {total > 1 ? (
        <Button name="intent" value={`${act}-selected`} form={form} variant={look} disabled={busy}>
          {verb} ticked
        </Button>
      ) : null}
      <Button
        name="intent"
        value={`${act}-all`}
        form={form}
        variant={look ?? 'primary'}
        disabled={busy}
      >
        {all}
      </Button>
    </div>
  );
}

/** Has the records tried again. Its buttons send the form of the records. */
export function ReplayCard({ form, total }: { form: string; total: number }) {
  return (
    <Card title="Replay">
      <div className="grid gap-3">
        <p className="text-muted">
          A run goes to the records one by one, applies what can be applied by now, asks the CRM
          anew for what cannot, and lists what came of each.
        </p>
        <Scopes act="replay" verb="Replay" form={form} total={total} />
      </div>
    </Card>
  );
}

/** Settles the records as not wanted. */
export function DiscardCard({
  form,
  total,
  reason,
  error,
}: {
  form: string;
  total: number;
  reason: string;
  error?: string;
}) {
  return (
    <Card title="Discard">
      <div className="grid gap-3">
        <p className="text-muted">
          The kept copies are put aside; opportunities that are already in BQS stay as they are. One
          comes up again when the CRM sends it changed.
        </p>
        <TextAreaField
          name="reason"
          id="discard-reason"
          label="Why they are not wanted"
          form={form}
          rows={2}
          most={2000}
          defaultValue={reason}
          error={error}
        />
        <Scopes act="discard" verb="Discard" form={form} total={total} danger />
      </div>
    </Card>
  );
}
