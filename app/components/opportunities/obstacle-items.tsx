import { CircleSlash } from 'lucide-react';
import type { QualificationView } from '#app/domain/qualification-view.ts';

const titles = { decide: 'Decide', recommend: 'Recommend' };

/** Where a form would be that the viewer's own part in the matter keeps from them: why there is none. */
export function ObstacleItems({ obstacles }: Pick<QualificationView, 'obstacles'>) {
  return obstacles.map(({ intent, words }) => (
    <li key={intent} className="grid gap-0.5 px-3 py-1.5">
      <p className="flex min-h-6 items-center gap-2 font-medium text-muted">
        <CircleSlash role="img" aria-label="Not by you:" className="size-4" />
        {titles[intent]}
      </p>
      <p className="pl-6 text-xs text-muted">{words}</p>
    </li>
  ));
}
