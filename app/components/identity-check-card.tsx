import { Form } from '@remix-run/react';
import { formatCount, plural } from '#app/lib/format.ts';
import { Moment } from './time.tsx';
import { Badge, type Tone } from './ui/badge.tsx';
import { Button } from './ui/button.tsx';
import { Card } from './ui/card.tsx';

export interface ShownCheck {
  completedAt: Date;
  by: string | null;
  outcome: 'DONE' | 'HELD' | 'FAILED';
  message: string | null;
  identities: number;
  unknown: number;
}

const outcomes: Record<ShownCheck['outcome'], { name: string; tone: Tone }> = {
  DONE: { name: 'Done', tone: 'good' },
  HELD: { name: 'Held', tone: 'warning' },
  FAILED: { name: 'Failed', tone: 'bad' },
};

/** When the people were last compared with the identities in Ory, what came of it, and the button for now. */
export function IdentityCheckCard({ check }: { check: ShownCheck | null }) {
  return (
    <Card
      title="Identities in Ory"
      actions={
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="check-identities" />
          <Button size="small">Check with Ory now</Button>
        </Form>
      }
    >
      {check ? (
        <div className="grid gap-1.5">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={outcomes[check.outcome].tone}>{outcomes[check.outcome].name}</Badge>
            <Moment at={check.completedAt} />
            <span className="text-muted">
              {check.by ? `asked for by ${check.by}` : 'by the nightly worker'}
            </span>
          </p>
          <p>{check.message}</p>
          {check.outcome === 'FAILED' ? null : (
            <p className="text-xs text-muted">
              {plural(check.identities, 'identity', 'identities')} in Ory,{' '}
              {formatCount(check.unknown)} of them of people who have never been in BQS.
            </p>
          )}
        </div>
      ) : (
        <p className="text-muted">
          Not compared yet. A worker does it every night: addresses and names are taken over, and
          whose identity is gone or switched off loses access.
        </p>
      )}
    </Card>
  );
}
