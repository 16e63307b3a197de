import { useEffect, useState } from 'react';
import { formatSpan, momentIn } from '#app/lib/format.ts';
import { useClock } from './root-data.ts';

/** An instant in the viewer's time zone; the zone is named where we only guess it. */
export function Moment({
  at,
  show = 'day-time',
  className,
}: {
  at: Date;
  show?: 'day' | 'time' | 'day-time' | 'seconds';
  className?: string;
}) {
  const { zone, zoneKnown } = useClock();
  const { day, time, seconds } = momentIn(at, zone);
  const text = { day, time, 'day-time': `${day}, ${time}`, seconds: `${day}, ${seconds}` }[show];
  return (
    <time dateTime={at.toISOString()} title={`${day}, ${seconds} (${zone})`} className={className}>
      {text}
      {zoneKnown || show === 'day' ? '' : ' UTC'}
    </time>
  );
}

/** How far an instant is from now, kept true while the page stays open. */
export function Span({ from }: { from: Date }) {
  const now = useNow();
  return <>{formatSpan(now.getTime() - from.getTime())}</>;
}

/** Now: the server's when the page is rendered, the browser's from then on, every 15 seconds. */
export function useNow(): Date {
  const { now } = useClock();
  const [ticked, setTicked] = useState<Date | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setTicked(new Date()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return ticked && ticked > now ? ticked : now;
}
