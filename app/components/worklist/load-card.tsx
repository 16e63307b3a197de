import { clsx } from 'clsx';
import { Badge } from '#app/components/ui/badge.tsx';
import { capacity, fullnessOf, loadWords, type ArchitectLoad } from '#app/domain/load.ts';
import { WorkCard } from './work-list.tsx';

const bars = { free: 'bg-accent', full: 'bg-warning', over: 'bg-bad' };

/** Who has room: each architect's open sheets against what one has room for. */
export function LoadCard({ architects }: { architects: ArchitectLoad[] }) {
  return (
    <WorkCard
      title="Who has room?"
      total={architects.length}
      empty="No solution architect belongs to your practices. A manager can add one on the page People."
    >
      {architects.map((each) => {
        const fullness = fullnessOf(each);
        return (
          <li key={each.id} className="grid gap-1 border-b px-4 py-2 last:border-b-0">
            <div className="flex items-center justify-between gap-2">
              <span>{each.name}</span>
              {fullness === 'over' ? (
                <Badge tone="bad">{loadWords(each)}</Badge>
              ) : (
                <span className="text-xs text-muted">{loadWords(each)}</span>
              )}
            </div>
            <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
              <div
                className={clsx('h-full rounded-full', bars[fullness])}
                style={{ width: `${Math.min(100, (each.open / capacity) * 100)}%` }}
              />
            </div>
          </li>
        );
      })}
    </WorkCard>
  );
}
