import { Link } from '@remix-run/react';
import type { TargetOutcome } from '#app/domain/sync.ts';
import type { PreviewedRecord } from '#app/models/sync-preview.server.ts';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';

const outcomes: Record<TargetOutcome, { tone: Tone; words: string }> = {
  ADDED: { tone: 'good', words: 'repaired: added' },
  UPDATED: { tone: 'good', words: 'repaired' },
  UNCHANGED: { tone: 'good', words: 'equal by now' },
  NOT_FOUND: { tone: 'warning', words: 'not found in the CRM' },
  QUARANTINED: { tone: 'warning', words: 'in quarantine' },
  FAILED: { tone: 'bad', words: 'could not be asked for' },
};

/** That a repair was asked for, and what came of it. */
export function RepairState({ repair }: Pick<PreviewedRecord, 'repair'>) {
  if (!repair) return null;
  const { tone, words } = repair.outcome
    ? outcomes[repair.outcome]
    : { tone: 'info' as const, words: 'repair asked for' };
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-muted">
      <Badge tone={tone}>{words}</Badge>
      <Link to={`/sync/runs/${repair.runId}`} className="link">
        run {repair.runId}
      </Link>
      {repair.outcome === 'FAILED' || repair.outcome === 'QUARANTINED' ? repair.message : null}
    </p>
  );
}
