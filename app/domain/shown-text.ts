/** As JSON writes it, in quotes. */
export function quoted(text: string, longest = Infinity): string {
  return visible(JSON.stringify(shortened(text, longest)));
}

/** What nobody would see, as its code: controls, marks without a shape, those that turn the writing round. */
export function visible(text: string): string {
  return text.replace(
    /[\0-\x08\v-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Cut between characters, not between the halves of one. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${Array.from(text.slice(0, longest * 2))
    .slice(0, longest)
    .join('')}…`;
}
