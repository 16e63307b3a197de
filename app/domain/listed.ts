/** Names as a sentence lists them: `a, b and c`; `nothing` where there are none. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? 'nothing')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
