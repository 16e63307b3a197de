import { alertNames, type AlertState } from '#app/domain/alert.ts';
import { sentenceCase } from '#app/lib/format.ts';
import type { SyncAlert } from '#app/models/sync-alert.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';

const tones: Record<AlertState, Tone> = {
  'on-time': 'good',
  late: 'warning',
  failed: 'bad',
  held: 'warning',
};

const webhookWords: Record<SyncAlert['webhook'], string | null> = {
  NONE: null,
  PENDING: 'webhook: still trying',
  SENT: 'webhook: sent',
  FAILED: 'webhook: given up',
};

/** What those who run the sync were told of its state. */
export function AlertCard({ alerts }: { alerts: SyncAlert[] }) {
  return (
    <Card title="Alerts" flush>
      {alerts.length === 0 ? (
        <EmptyState title="No alert yet">
          When the sync becomes late, fails, is held or recovers, everybody who may run it is told,
          once for each change.
        </EmptyState>
      ) : (
        <ul className="divide-y">
          {alerts.map((alert) => (
            <Alert key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Alert({
  alert: { state, message, createdAt, webhook, webhookError },
}: {
  alert: SyncAlert;
}) {
  const words = webhookWords[webhook];
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[6rem_1fr_auto]">
      <span>
        {state ? <Badge tone={tones[state]}>{sentenceCase(alertNames[state])}</Badge> : null}
      </span>
      <div className="min-w-0">
        <p className="max-w-prose wrap-anywhere">{message}</p>
        {words ? (
          <p className="text-xs text-muted">
            {words}
            {webhookError ? `. ${webhookError}` : ''}
          </p>
        ) : null}
      </div>
      <span className="text-xs text-muted sm:text-right">
        <Moment at={createdAt} />
      </span>
    </li>
  );
}
