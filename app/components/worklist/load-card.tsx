import { Badge } from '#app/components/ui/badge.tsx';
import {
  capacity,
  dueMeaning,
  fullnessOf,
  loadWords,
  type ArchitectLoad,
} from '#app/domain/load.ts';
import { WorkCard } from './work-list.tsx';

const bars = { free: 'fill-accent', full: 'fill-warning', over: 'fill-bad' };

/** Who has room: each architect's open sheets against what one has room for. */
export function LoadCard({ architects }: { architects: ArchitectLoad[] }) {
  return (
    <WorkCard
      title="Who has room?"
      total={architects.length}
      empty="No solution architect belongs to your practices. A manager can add one on the page People."
    >
      <li className="border-b px-4 py-2 text-xs text-muted">
        Open sheets; each architect has room for {capacity}. {dueMeaning}
      </li>
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
            <svg aria-hidden className="h-1.5 w-full overflow-hidden rounded-full bg-sunken">
              <rect
                width={`${Math.min(100, (each.open / capacity) * 100)}%`}
                height="100%"
                rx="3"
                className={bars[fullness]}
              />
            </svg>
          </li>
        );
      })}
    </WorkCard>
  );
}
