import type { Freshness } from '#app/domain/freshness.ts';
import { formatCount } from '#app/lib/format.ts';
import { Moment, Span } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Stat } from '#app/components/ui/stat.tsx';

const states: Record<Freshness['state'], { tone: Tone; name: string }> = {
  'on-time': { tone: 'good', name: 'On time' },
  late: { tone: 'warning', name: 'Late' },
  failed: { tone: 'bad', name: 'Failed' },
  held: { tone: 'warning', name: 'Held' },
  never: { tone: 'info', name: 'Never synced' },
};

/** How fresh the copy is, in four figures. */
export function FreshnessStats({
  freshness,
  discarded,
}: {
  freshness: Freshness;
  /** Records a person has discarded, which the CRM still sends as they were. */
  discarded: number;
}) {
  const { state, lastGood, next, quarantined } = freshness;
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-4">
      <Stat
        label="Freshness"
        value={<Badge tone={states[state].tone}>{states[state].name}</Badge>}
        note={freshness.lastError ?? freshness.note}
      />
      <Stat
        label="CRM data as of"
        value={lastGood ? <Moment at={lastGood} /> : '–'}
        note={
          lastGood ? (
            <>
              <Span from={lastGood} /> ago
            </>
          ) : null
        }
      />
      <Stat
        label="Next sync"
        value={next ? <Moment at={next} /> : '–'}
        note={
          next ? (
            <>
              in <Span from={next} />
            </>
          ) : null
        }
      />
      <Stat
        label="In quarantine"
        value={formatCount(quarantined)}
        note={quarantineNote(quarantined, discarded)}
      />
    </dl>
  );
}

function quarantineNote(quarantined: number, discarded: number): string {
  if (quarantined > 0) return 'kept whole until they can be applied';
  return discarded > 0 ? `${formatCount(discarded)} discarded` : 'every record could be applied';
}
