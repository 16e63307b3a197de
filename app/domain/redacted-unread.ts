import { mask, redactText, treatmentOf } from './redaction.ts';
import { visible } from './shown-text.ts';

const longestText = 6_000;

/** What cannot be read as a record: its beginning, without what looks like a value to hide. */
export function redactUnread(payload: string): { text: string; hidden: number; cut: boolean } {
  let hidden = 0;
  const named = payload
    .slice(0, longestText)
    .replace(
      /"([^"\\]{1,100})"(\s{0,9}:\s{0,9})("(?:[^"\\]|\\.)*(?:"|\\?$)|[^\s,{}[\]"]+)/g,
      (whole, name: string, colon: string) => {
        const as = treatmentOf(name);
        if (as === null) return whole;
        hidden++;
        return `"${name}"${colon}${as === 'free-text' ? '‹free text hidden›' : mask(as)}`;
      },
    );
  const redacted = redactText(named);
  return {
    text: visible(redacted.text),
    hidden: hidden + redacted.hidden,
    cut: payload.length > longestText,
  };
}
