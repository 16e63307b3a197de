import { Check, Circle } from 'lucide-react';
import {
  isLong,
  leastSummary,
  longWords,
  mostNote,
  mostSummary,
  type Gap,
} from '#app/domain/assessment.ts';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { formatCount, plural } from '#app/lib/format.ts';
import { criterionId, noteId } from './criterion-card.tsx';

/** What a sheet still needs before it may be submitted, each with the way there. */
export function SubmitChecklist({ card, gaps }: { card: Scorecard; gaps: readonly Gap[] }) {
  const unanswered = gaps.filter(({ kind }) => kind === 'unanswered');
  const unexplained = gaps.filter(({ kind }) => kind === 'unexplained');
  const long = gaps.filter(isLong);
  // Nothing rated leaves nothing to explain, which is no reason to call it done.
  const isBegun = unanswered.length < card.criteria.length;
  const summary = gaps.find((gap) => gap.kind === 'summary');
  return (
    <ul className="grid gap-1.5 text-xs">
      <Item done={unanswered.length === 0} name="Every criterion is rated">
        <Places card={card} gaps={unanswered} />
      </Item>
      <Item
        done={isBegun && unexplained.length === 0}
        name="2.0 and below, 4.0 and above: a reason or a note"
      >
        <Places card={card} gaps={unexplained} />
      </Item>
      <Item done={!summary} name={`A summary of at least ${leastSummary} characters`}>
        {summary?.kind === 'summary' ? (
          <a href="#summary" className="link">
            {plural(summary.missing, 'character')} missing
          </a>
        ) : null}
      </Item>
      {long.length > 0 ? (
        <Item
          done={false}
          name={`Notes of up to ${formatCount(mostNote)} characters, a summary of up to ${formatCount(mostSummary)}`}
        >
          {long.map((gap) => {
            const place = gap.kind === 'long-note' ? noteId(gap.criterion) : 'summary';
            return (
              <a key={place} href={`#${place}`} className="link">
                {longWords(card, gap)}
              </a>
            );
          })}
        </Item>
      ) : null}
    </ul>
  );
}

function Item({
  done,
  name,
  children,
}: {
  done: boolean;
  name: string;
  children: React.ReactNode;
}) {
  return (
    <li className="flex gap-2">
      {done ? (
        <Check role="img" aria-label="Done:" className="mt-px size-3.5 shrink-0 text-good" />
      ) : (
        <Circle role="img" aria-label="Open:" className="mt-px size-3.5 shrink-0 text-muted" />
      )}
      <div className="grid gap-0.5">
        <span className={done ? 'text-muted' : undefined}>{name}</span>
        {children}
      </div>
    </li>
  );
}

function Places({ card, gaps }: { card: Scorecard; gaps: readonly Gap[] }) {
  const places = card.criteria.filter(({ code }) =>
    gaps.some((gap) => 'criterion' in gap && gap.criterion === code),
  );
  if (places.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-1">
      {places.map(({ code, name }) => (
        <a key={code} href={`#${criterionId(code)}`} className="link">
          {name}
        </a>
      ))}
    </span>
  );
}
