import { adviceTones } from '#app/components/advice-tones.ts';
import { Badge } from '#app/components/ui/badge.tsx';
import type { Band } from '#app/domain/scorecard.ts';
import { formatScore } from '#app/domain/scoring.ts';

/** What a submitted assessment came to: score, band and knock-outs. */
export function AssessedLine({
  row: { score, band, knockOuts, version, assessor },
}: {
  row: { score: number; band: Band; knockOuts: string[]; version: number; assessor: string };
}) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
      <span className="font-semibold">BQS score {formatScore(score)}</span>
      <Badge tone={adviceTones[band.advice]}>{band.name}</Badge>
      {knockOuts.length > 0 ? <Badge tone="bad">Knock-out: {knockOuts.join(', ')}</Badge> : null}
      <span className="text-muted">
        version {version} by {assessor}
      </span>
    </p>
  );
}
