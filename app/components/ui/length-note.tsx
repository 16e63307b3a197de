import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { groupDigits, nearnessOf, withPlainLines } from '#app/domain/text-length.ts';

/**
 * How much of its limit a text has used, once it comes near. Read aloud are only the moments it gets near
 * and goes beyond, not every key. Its parent is to be `relative`.
 */
export function LengthNote({
  id,
  length,
  most,
  over = 'Shorten it to send it.',
}: {
  /** Of the field. */
  id: string;
  length: number;
  most: number;
  /** What to do about a text that is too long. */
  over?: string;
}) {
  const nearness = nearnessOf(length, most);
  return (
    <>
      {nearness ? (
        <p
          id={lengthNoteId(id, length, most)}
          className={clsx('text-xs', nearness === 'over' ? 'font-medium text-bad' : 'text-muted')}
        >
          {`${groupDigits(length)} of ${groupDigits(most)} characters`}
          {nearness === 'over' ? `, ${groupDigits(length - most)} too many. ${over}` : ''}
        </p>
      ) : (
        <noscript>
          <p className="text-xs text-muted">{`At most ${groupDigits(most)} characters.`}</p>
        </noscript>
      )}
      <span aria-live="polite" className="sr-only">
        {nearness === 'near' ? `Near the limit of ${groupDigits(most)} characters.` : ''}
        {nearness === 'over' ? `Beyond the limit of ${groupDigits(most)} characters. ${over}` : ''}
      </span>
    </>
  );
}

/** The id of a field's counter, while there is one. */
export function lengthNoteId(id: string, length: number, most = Infinity): string | undefined {
  return nearnessOf(length, most) ? `${id}-length` : undefined;
}

/** The length of what stands in a field that holds its text itself; its properties go to the field. */
export function useTypedLength<Field extends HTMLInputElement | HTMLTextAreaElement>(
  first: unknown,
) {
  const field = useRef<Field>(null);
  const [length, setLength] = useState(typeof first === 'string' ? lengthOf(first) : 0);
  // Somebody may have typed before the scripts were there.
  useEffect(() => setLength(lengthOf(field.current?.value ?? '')), []);
  return {
    length,
    counted: { ref: field, onInput: () => setLength(lengthOf(field.current?.value ?? '')) },
  };
}

function lengthOf(text: string): number {
  return withPlainLines(text).length;
}
