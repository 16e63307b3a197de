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

/** The beginning, in UTC, of the day after one that exists. */
export function dayAfter(day: string): Date {
  return new Date(Date.parse(day) + 86_400_000);
}
