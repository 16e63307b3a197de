import { Form } from '@remix-run/react';
import { useNavigation } from '@remix-run/react';
import type { HeldIntent } from '#app/domain/held-form.ts';
import { plural } from '#app/lib/format.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { CheckboxField } from '#app/components/ui/checkbox-field.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import type { HeldRefusal } from './held-run.tsx';

const choices = {
  release: {
    title: 'The CRM has dropped them',
    means: [
      'They read as gone from the CRM. Nothing is deleted, and nobody can work on them.',
      'Assessments and decisions that rest on them go stale; who made them is told.',
      'One that the CRM sends again comes back with all it had.',
    ],
    hint: 'For example what the CRM’s administrator says.',
    confirm: (count: string) => `I have looked at the list: ${count} will read as gone`,
    button: (count: string) => `Mark ${count} as gone`,
  },
  drop: {
    title: 'The CRM showed only a part',
    means: [
      'They stay as they are, and the run is closed as cancelled.',
      'The watermark has not moved, so the next sync reads again what this one read.',
      'Mend the cause first, then sync everything: a run that misses as much is held again.',
    ],
    hint: 'For example what was wrong with the CRM’s answer.',
    confirm: (count: string) => `I have looked at the list: ${count} will stay as they are`,
    button: (count: string) => `Keep ${count}`,
  },
};

/** One of the two ways on from a held run: what it does, why, and a tick before it is done. */
export function HeldChoice({
  runId,
  intent,
  count,
  refused,
}: {
  runId: string;
  intent: HeldIntent;
  count: number;
  refused: HeldRefusal | undefined;
}) {
  const { title, means, hint, confirm, button } = choices[intent];
  const counted = plural(count, 'opportunity', 'opportunities');
  const busy = useNavigation().state === 'submitting';
  return (
    <Card title={title}>
      <Form method="post" action={`/sync/runs/${runId}`} className="grid gap-3">
        <input type="hidden" name="count" value={count} />
        <ul className="grid list-disc gap-1 pl-4 text-muted">
          {means.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <TextAreaField
          name="reason"
          label="Why"
          hint={hint}
          rows={2}
          required
          minLength={5}
          most={2000}
          defaultValue={refused?.reason}
          error={refused?.errors.reason}
        />
        <CheckboxField
          name="confirmed"
          value="yes"
          label={confirm(counted)}
          required
          defaultChecked={refused?.confirmed}
          error={refused?.errors.confirmed}
        />
        <Button
          name="intent"
          value={intent}
          variant={intent === 'release' ? 'danger' : 'secondary'}
          disabled={busy}
          className="justify-self-start"
        >
          {button(counted)}
        </Button>
      </Form>
    </Card>
  );
}
