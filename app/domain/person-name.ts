import { isReadable } from './readable.ts';

/** Controls, halves of characters, breaks, and all that is invisible but the two joiners some scripts need. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * A person's name as it is kept: one line, and nothing in it that turns what stands around it. Square
 * brackets become round ones, because in a signature they are what BQS itself says.
 */
export function personName(text: string): string | null {
  const name = text
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .replace(/[[［⁅【〖〔〘〚⟦❲]/g, '(')
    .replace(/[\]］⁆】〗〕〙〛⟧❳]/g, ')')
    .replace(/ {2,}/g, ' ');
  const kept = [...name.trim()].slice(0, 200).join('').trim();
  return isReadable(kept) ? kept : null;
}
