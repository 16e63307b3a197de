import { Clock3 } from 'lucide-react';
import { momentIn } from '#app/lib/format.ts';
import {
  clockWords,
  formatWorking,
  type Clock,
  type ClockLevel,
} from '#app/domain/decision-clock.ts';
import { useClock } from '#app/components/root-data.ts';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';

const tones: Record<ClockLevel, Tone> = { 'on-time': 'neutral', soon: 'warning', breached: 'bad' };

/** How a decision clock stands, in working hours; hovered, since when and until when it runs. */
export function ClockBadge({ clock }: { clock: Clock | null }) {
  const { zone } = useClock();
  if (!clock) return null;
  const { elapsedMinutes, limitMinutes, dueAt, level } = clock;
  const due = dueAt ? momentIn(dueAt, zone) : null;
  const spent = `${formatWorking(elapsedMinutes)} of ${formatWorking(limitMinutes)} working time`;
  return (
    <Badge
      tone={tones[level]}
      title={due ? `${spent}, up ${due.day}, ${due.time} (${zone})` : spent}
    >
      <Clock3 aria-hidden className="size-3" />
      {clockWords(clock)}
    </Badge>
  );
}
