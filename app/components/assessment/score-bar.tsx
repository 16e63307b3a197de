import type { Scorecard } from '#app/domain/scorecard.ts';
import type { Standing } from '#app/domain/scoring.ts';

/** Where a score lies between 0 and 100 %: what it is, what it can still come to, where the bands begin. */
export function ScoreBar({ card, standing }: { card: Scorecard; standing: Standing }) {
  const { score, reachable } = standing;
  const segments = card.bands
    .map(({ code, name, from }, index) => ({
      code,
      name,
      from,
      to: card.bands[index - 1]?.from ?? 1000,
    }))
    .toReversed();
  return (
    <div aria-hidden className="grid gap-1 text-2xs text-muted">
      <svg viewBox="0 0 1000 24" preserveAspectRatio="none" className="h-3 w-full rounded-sm">
        <rect width="1000" height="24" className="fill-sunken" />
        <rect width={reachable} height="24" className="fill-accent/35" />
        <rect width={score} height="24" className="fill-accent" />
        {segments.slice(1).map(({ code, from }) => (
          <rect key={code} x={from - 3} width="6" height="24" className="fill-surface" />
        ))}
      </svg>
      {/* Widths as attributes: the policy of the page takes no style written into it. */}
      <table className="w-full table-fixed">
        <tbody>
          <tr>
            {segments.map(({ code, name, from, to }) => (
              <td
                key={code}
                width={`${(to - from) / 10}%`}
                className="border-line-strong/60 px-1 leading-4 not-first:border-l"
              >
                <span className="block truncate">{name}</span>
                <span className="block truncate">
                  {from > 0 ? `from ${from / 10}` : `below ${to / 10}`}
                </span>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
