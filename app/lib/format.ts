import { monthNames } from '#app/domain/day.ts';

export { formatDay } from '#app/domain/day.ts';

/**
 * A decimal as people write it, to the digit: `1234567.5` → `1,234,567.50`. Works on the text, because a
 * JavaScript number would round what the database keeps exactly. What is no decimal comes back as it is.
 */
export function formatDecimal(value: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) return value;
  const [, sign = '', whole = '', fraction = ''] = match;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = /[1-9]/.test(fraction) ? `.${fraction.replace(/0+$/, '').padEnd(2, '0')}` : '';
  return `${sign === '-' ? '−' : ''}${grouped}${rest}`;
}

/** A whole number with thousands separators. */
export function formatCount(value: number): string {
  return formatDecimal(String(value));
}

/** `3 opportunities`, `1 opportunity`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

interface Moment {
  day: string;
  time: string;
  seconds: string;
}

/** An instant as the clock on the wall of `zone` shows it. */
export function momentIn(value: Date, zone: string): Moment {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(value);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  return {
    day: `${Number(part('day'))} ${monthNames[Number(part('month')) - 1]} ${part('year')}`,
    time,
    seconds: `${time}:${part('second')}`,
  };
}

/** How long ago or ahead, in the largest unit that fits: `12 min`, `3 h`, `5 days`. */
export function formatSpan(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  if (minutes < 1) return '< 1 min';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} days`;
}

/** How long something took: `0.8 s`, `42 s`, `3 min 05 s`, `1 h 20 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A code as words: `SOLUTION_ARCHITECT` → `Solution architect`, `dealValue` → `Deal value`. */
export function sentenceCase(code: string): string {
  const words = code
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
