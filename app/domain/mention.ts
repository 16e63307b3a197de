/** The most characters of a comment. */
export const mostComment = 4000;

/** The name being typed after an @ that ends at `caret`; null where none is. */
export function mentionAt(text: string, caret: number): { start: number; typed: string } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{M}'.-]*(?: [\p{L}\p{M}'.-]*)?)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const typed = match[1] ?? '';
  return { start: caret - typed.length - 1, typed };
}

/** The people a typed name may mean, at most eight; each part of it begins a part of their name. */
export function suggestFor<P extends { name: string }>(people: readonly P[], typed: string): P[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return people
    .filter(({ name }) => {
      const parts = name.toLowerCase().split(/[\s@.-]+/);
      return wanted.every((word) => parts.some((part) => part.startsWith(word)));
    })
    .slice(0, 8);
}

/** `text` with the name typed at `start` written out. */
export function withMention(text: string, start: number, caret: number, name: string) {
  const inserted = `@${name} `;
  const after = text.slice(caret).replace(/^ /, '');
  return { text: text.slice(0, start) + inserted + after, caret: start + inserted.length };
}
