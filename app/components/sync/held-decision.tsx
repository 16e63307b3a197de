import { plural } from '#app/lib/format.ts';
import type { HeldDecisionTaken } from '#app/models/held-decision.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Notice } from '#app/components/ui/notice.tsx';

/** Who decided on a run that had been held, and why. */
export function HeldDecisionNotice({ decision }: { decision: HeldDecisionTaken }) {
  const { released, by, at, count, reason } = decision;
  const counted = plural(count, 'opportunity', 'opportunities');
  return (
    <Notice
      tone="neutral"
      title={
        released
          ? `Held, then released: ${by} had ${counted} marked as gone`
          : `Held, then dropped: ${by} kept ${counted} as they are`
      }
    >
      {reason ? (
        <q dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {reason}
        </q>
      ) : null}{' '}
      <span className="text-xs text-muted">
        <Moment at={at} />
      </span>
    </Notice>
  );
}
