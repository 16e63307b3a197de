import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import type { SyncStatus } from '#app/domain/sync.ts';
import { syncStatusNames } from '#app/lib/sync-words.ts';

const tones: Record<SyncStatus, Tone> = {
  RUNNING: 'info',
  SUCCESS: 'good',
  PARTIAL: 'warning',
  FAILED: 'bad',
  CANCELLED: 'neutral',
  HELD: 'warning',
};

/** How a run ended, or that it has not. */
export function RunBadge({ status }: { status: SyncStatus }) {
  return <Badge tone={tones[status]}>{syncStatusNames[status]}</Badge>;
}
