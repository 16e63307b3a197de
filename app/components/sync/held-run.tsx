import { Form } from '@remix-run/react';
import { formatCount } from '#app/lib/format.ts';
import type { SyncRun } from '#app/domain/freshness.ts';
import type { MissingOpportunity } from '#app/models/sync-log.server.ts';
import { Button } from '#app/components/ui/button.tsx';
import { Card } from '#app/components/ui/card.tsx';

const shown = 200;

/** What a held sweep did not find, and the two ways on. Only a person may say which. */
export function HeldRun({ run, missing }: { run: SyncRun; missing: MissingOpportunity[] }) {
  return (
    <Card
      title="Held: what the CRM did not send"
      actions={
        <Form method="post" action={`/sync/runs/${run.id}`} className="flex flex-wrap gap-2">
          <Button name="intent" value="release" variant="danger" size="small">
            Mark them all as gone
          </Button>
          <Button name="intent" value="drop" size="small">
            Keep them all
          </Button>
        </Form>
      }
    >
      <p className="max-w-prose text-muted">
        A complete sync marks what it no longer sees as gone, but never this much without a person.
        Nothing has been marked. If the CRM really dropped them, mark them; if its answer was
        incomplete, keep them and run the sync again.
      </p>
      <ul className="mt-3 max-h-96 divide-y overflow-y-auto border-t">
        {missing.slice(0, shown).map((each, index) => (
          <li key={index} className="flex flex-wrap gap-x-3 py-1.5">
            <span className="w-24 text-muted">{each.number ?? 'no number'}</span>
            <bdi className="min-w-0 grow break-words">{each.name ?? 'name not set in CRM'}</bdi>
            <bdi className="text-muted">{each.customer}</bdi>
          </li>
        ))}
      </ul>
      {missing.length > shown ? (
        <p className="mt-2 text-xs text-muted">
          The first {shown} of {formatCount(missing.length)} or more are shown.
        </p>
      ) : null}
    </Card>
  );
}
