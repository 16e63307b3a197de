/** A text as it is kept: a browser sends every end of a line as two characters. */
export function withPlainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Where a text stands to its limit: near it from nine tenths on, so that nobody is surprised by it. */
export function nearnessOf(length: number, most: number): 'near' | 'over' | null {
  if (length > most) return 'over';
  return length * 10 >= most * 9 ? 'near' : null;
}

/** A count of characters with thousands separators. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
