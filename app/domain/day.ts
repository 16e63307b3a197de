/** Whether a text is a day that exists, written YYYY-MM-DD, in a year that anybody could mean. */
export function isDay(text: string): boolean {
  return /^(19|20|21)/.test(text) && existsAsDay(text);
}

/** Whether a text is a day of any year that exists, written YYYY-MM-DD. */
function existsAsDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}

/** What is wrong with a text as a day; null where it is one. `missing` is said where no day was given. */
export function whyNoDay(text: string, missing: string): string | null {
  if (existsAsDay(text)) return null;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text} is not a day that exists.` : missing;
}

/** As `whyNoDay`, for a day that people plan with: one of another century is no slip of a calendar, and refused by its own words. */
export function whyNoPlannedDay(text: string, missing: string): string | null {
  const typed = text.trim();
  if (/^\d{5,6}-\d{2}-\d{2}$/.test(typed)) return `The year ${typed.split('-')[0]} ${tooFar}`;
  const wrong = whyNoDay(typed, missing);
  if (wrong || isDay(typed)) return wrong;
  const day = formatDay(typed);
  return typed > '2' ? `${day} ${tooFar}` : `${day} is too long ago: choose a day after 1899.`;
}

const tooFar = 'is too far ahead: choose a day before 2200.';

export const monthNames = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
];

/** A date without a time (`YYYY-MM-DD`, or midnight UTC of that day) as `3 Mar 2027`, in no time zone. */
export function formatDay(value: string | Date): string {
  const text = typeof value === 'string' ? value : value.toISOString();
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const month = match && monthNames[Number(match[2]) - 1];
  return month ? `${Number(match[3])} ${month} ${match[1]}` : text;
}

/** The beginning, in UTC, of the day after one that exists. */
export function dayAfter(day: string): Date {
  return new Date(Date.parse(day) + 86_400_000);
}
