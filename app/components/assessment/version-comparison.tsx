import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { ComparedCriterion, Side } from '#app/domain/sheet-difference.ts';
import { formatRating } from '#app/domain/scoring.ts';
import { Card } from '#app/components/ui/card.tsx';
import { plural } from '#app/lib/format.ts';
import { RatingMeter } from './read-sheet.tsx';

/** Two versions criterion by criterion, what differs first. */
export function VersionComparison({
  rows,
  left,
  right,
}: {
  rows: readonly ComparedCriterion[];
  left: string;
  right: string;
}) {
  const differing = rows.filter(({ differs }) => differs);
  const same = rows.filter(({ differs }) => !differs);
  return (
    <>
      <Card
        title={
          differing.length === 0
            ? 'No criterion differs'
            : `${plural(differing.length, 'criterion', 'criteria')} differ${differing.length === 1 ? 's' : ''}`
        }
        flush
      >
        {differing.length === 0 ? (
          <p className="px-4 py-3 text-muted">Both versions answer every criterion alike.</p>
        ) : (
          <Rows rows={differing} left={left} right={right} />
        )}
      </Card>
      {same.length > 0 ? (
        <Card title={`${plural(same.length, 'criterion', 'criteria')} the same`} flush>
          <Rows rows={same} left={left} right={right} />
        </Card>
      ) : null}
    </>
  );
}

function Rows({
  rows,
  left,
  right,
}: {
  rows: readonly ComparedCriterion[];
  left: string;
  right: string;
}) {
  return (
    <ol className="divide-y">
      {rows.map((row) => (
        <li
          key={row.code}
          className="grid gap-x-6 gap-y-3 px-4 py-3 md:grid-cols-[13rem_minmax(0,1fr)_minmax(0,1fr)]"
        >
          <div>
            <h3 className="font-semibold">{row.name}</h3>
            <Effect effect={row.effect} />
          </div>
          <SideOf side={row.left} other={row.right} name={left} />
          <SideOf side={row.right} other={row.left} name={right} />
        </li>
      ))}
    </ol>
  );
}

/** What the change of a criterion does to the score, in percentage points. */
function Effect({ effect }: { effect: number | null }): ReactNode {
  if (effect === null || effect === 0) return null;
  const points = `${Math.trunc(Math.abs(effect) / 10)}.${Math.abs(effect) % 10}`;
  return (
    <p className={clsx('text-xs font-medium', effect > 0 ? 'text-good' : 'text-bad')}>
      {effect > 0 ? '+' : '−'}
      {points} points
    </p>
  );
}

function SideOf({ side, other, name }: { side: Side | null; other: Side | null; name: string }) {
  if (!side) {
    return (
      <div className="text-xs text-muted">
        <Name>{name}</Name>
        <p className="italic">not asked on its scorecard</p>
      </div>
    );
  }
  const { halfSteps, reasons, note } = side.answer;
  const weighs = other && other.weight !== side.weight ? `, weighs ${side.weight} %` : '';
  return (
    <div className="grid min-w-0 content-start gap-1">
      <Name>{name}</Name>
      <p className="flex items-center gap-3">
        <strong
          className={clsx('w-20 text-base', halfSteps === null && 'font-normal text-muted italic')}
        >
          {halfSteps === null ? 'unanswered' : formatRating(halfSteps)}
          <span className="text-xs font-normal text-muted">{weighs}</span>
        </strong>
        <RatingMeter halfSteps={halfSteps} />
      </p>
      {reasons.length > 0 ? <p className="text-xs">{reasons.join(' · ')}</p> : null}
      {note.trim() ? (
        <p className="text-xs wrap-anywhere whitespace-pre-line text-muted">{note}</p>
      ) : null}
    </div>
  );
}

/** Beside each other the heads of the page name the sides; on a phone each says whose it is. */
function Name({ children }: { children: ReactNode }) {
  return <p className="text-2xs font-medium text-muted md:sr-only">{children}</p>;
}
