import { adviceTones } from '#app/components/advice-tones.ts';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Fragment } from 'react';
import type { Band, Scorecard } from '#app/domain/scorecard.ts';
import { adviceOf, formatScore, type Ratings, type Standing } from '#app/domain/scoring.ts';
import { sensitivityWords, type FlipWords } from '#app/domain/sensitivity-words.ts';
import { sensitivityOf } from '#app/domain/sensitivity.ts';
import { Badge } from '#app/components/ui/badge.tsx';
import { ScoreBar } from './score-bar.tsx';

/** The band of a whole sheet. */
export function BandBadge({ band }: { band: Band }) {
  return <Badge tone={adviceTones[band.advice]}>{band.name}</Badge>;
}

/** The score of a sheet; while something is unanswered, what it is so far and can still come to. */
export function StandingFigures({ card, standing }: { card: Scorecard; standing: Standing }) {
  const { score, reachable, band, knockOuts } = standing;
  const names = knockOuts.map((code) => card.criteria.find((c) => c.code === code)?.name ?? code);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <p className="text-2xl font-semibold tracking-tight">
          {formatScore(score)}
          {band ? null : <span className="text-sm font-normal text-muted"> so far</span>}
        </p>
        {band ? <BandBadge band={band} /> : null}
      </div>
      <ScoreBar card={card} standing={standing} />
      {band ? null : (
        <p className="text-xs text-muted">
          {formatScore(score)} to {formatScore(reachable)} possible. What is unanswered is open, not
          bad; the band shows once all are answered.
        </p>
      )}
      {names.length > 0 ? (
        <p className="text-xs font-medium text-bad">
          Knock-out: {names.join(' and ')}.{' '}
          {adviceOf(standing) === 'NO_GO' || !band
            ? 'It forces a NO-GO, or a waiver with a reason.'
            : null}
        </p>
      ) : null}
    </div>
  );
}

/** The smallest change that would make a whole sheet speak for something else, both ways. */
export function SensitivityLines({
  card,
  ratings,
  standing,
}: {
  card: Scorecard;
  ratings: Ratings;
  standing: Standing;
}) {
  const sensitivity = sensitivityOf(card, ratings);
  if (!sensitivity) {
    const open = standing.criteria - standing.answered;
    const words = open === 1 ? 'the last answer is' : `all ${standing.criteria} answers are`;
    return <p className="text-xs text-muted">Shown once {words} given.</p>;
  }
  const { up, down } = sensitivityWords(card, standing, sensitivity);
  return (
    <ul className="grid gap-2 text-xs">
      <Line flip={up} direction="up" />
      <Line flip={down} direction="down" />
    </ul>
  );
}

function Line({ flip, direction }: { flip: FlipWords | string; direction: 'up' | 'down' }) {
  const Icon = direction === 'up' ? ArrowUp : ArrowDown;
  const words = typeof flip === 'string';
  return (
    <li className="flex gap-2">
      <Icon
        role="img"
        aria-label={direction === 'up' ? 'Up:' : 'Down:'}
        className={clsx(
          'mt-0.5 size-3.5 shrink-0',
          words ? 'text-muted' : direction === 'up' ? 'text-good' : 'text-bad',
        )}
      />
      <span className={clsx('text-pretty', words && 'text-muted')}>
        {words ? flip : <Flip flip={flip} />}
      </span>
    </li>
  );
}

function Flip({ flip: { from, to, changes } }: { flip: FlipWords }) {
  return (
    <>
      <strong className="font-semibold">
        {from} → {to}
      </strong>{' '}
      if{' '}
      {changes.map((change, index) => (
        <Fragment key={change.name}>
          {index > 0 ? ' and ' : null}
          {change.name}{' '}
          <span className="font-medium whitespace-nowrap">
            {change.from} → {change.to}
          </span>
        </Fragment>
      ))}
    </>
  );
}
