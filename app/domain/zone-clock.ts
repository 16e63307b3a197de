/** Reads the clock on the wall of a time zone, and sets it back into instants. All in milliseconds. */
export interface ZoneClock {
  /** How far the wall is ahead of UTC at an instant. */
  offsetAt(instant: number): number;
  /** The instant at which the wall shows this, given as if it were UTC; of two the first, of none the one as much later. */
  instantOf(wall: number): number;
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a time zone such as Europe/Berlin. */
export function zoneClock(timeZone: string): ZoneClock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = createClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function createClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  function offsetAt(instant: number): number {
    const whole = Math.floor(instant / 1000) * 1000;
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(whole)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  }
  function instantOf(wall: number): number {
    // The offset a day before and a day after are the two a change of the clock may lie between.
    const [before, after] = [offsetAt(wall - 86_400_000), offsetAt(wall + 86_400_000)];
    const first = wall - before;
    return before === after || offsetAt(first) === before ? first : laterOf(wall, before, after);
  }
  /** Before a change the old offset holds, which `first` has shown it does not. */
  function laterOf(wall: number, before: number, after: number): number {
    const second = wall - after;
    return offsetAt(second) === after ? second : wall - before;
  }
  return { offsetAt, instantOf };
}
