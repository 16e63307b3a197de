/** Whether a text is a day that exists, written YYYY-MM-DD, in a year that anybody could mean. */
export function isDay(text: string): boolean {
  return (
    /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}

/** The beginning, in UTC, of the day after one that exists. */
export function dayAfter(day: string): Date {
  return new Date(Date.parse(day) + 86_400_000);
}
