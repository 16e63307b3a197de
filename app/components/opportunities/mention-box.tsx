import { clsx } from 'clsx';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { mentionAt, suggestFor, withMention } from '#app/domain/mention.ts';

interface Suggested {
  id: string;
  name: string;
  roles: string;
}

/**
 * A text area in which an @ suggests names: arrows choose, Enter or Tab takes, Escape closes. Without
 * scripts it is a text area.
 */
export function MentionBox({
  id,
  value,
  people,
  onChange,
  onMention,
  invalid,
  describedBy,
  className,
  ...area
}: {
  id: string;
  name: string;
  value: string;
  people: readonly Suggested[];
  onChange: (value: string) => void;
  onMention: (person: Suggested) => void;
  invalid: boolean;
  describedBy: string | undefined;
  className: string;
}) {
  const listId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const moveTo = useRef<number | null>(null);
  const mention = caret === null ? null : mentionAt(value, caret);
  const suggested = mention ? suggestFor(people, mention.typed) : [];
  const chosen = suggested[Math.min(active, suggested.length - 1)];
  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    box.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  }, [value]);

  function take(person: Suggested) {
    if (!mention || caret === null) return;
    const written = withMention(value, mention.start, caret, person.name);
    moveTo.current = written.caret;
    setCaret(null);
    onChange(written.text);
    onMention(person);
    box.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!chosen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + suggested.length) % suggested.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
    else if (event.key === 'Escape') setCaret(null);
    else return;
    event.preventDefault();
  }

  return (
    <div className="relative">
      <textarea
        {...area}
        ref={box}
        id={id}
        rows={2}
        dir="auto"
        required
        value={value}
        placeholder="Write about this opportunity. @ tells somebody."
        aria-invalid={invalid ? true : undefined}
        aria-describedby={clsx(invalid && `${id}-error`, describedBy) || undefined}
        aria-autocomplete="list"
        aria-controls={chosen ? listId : undefined}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        onChange={(event) => {
          setActive(0);
          setCaret(event.target.selectionStart);
          onChange(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCaret(null)}
        className={clsx(className, 'field-sizing-content max-h-80 min-h-16')}
      />
      {chosen ? (
        <ul
          id={listId}
          role="listbox"
          aria-label="People to tell"
          className="absolute inset-x-0 z-30 mt-1 max-w-md rounded-lg border bg-raised p-1.5 shadow-pop"
        >
          {suggested.map((person) => (
            <li
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              // Before the text area loses the focus, which would close the list.
              onPointerDown={(event) => {
                event.preventDefault();
                take(person);
              }}
              className={clsx(
                'cursor-pointer rounded px-2 py-1.5',
                person === chosen ? 'bg-accent-soft' : 'hover:bg-sunken',
              )}
            >
              {person.name} <span className="text-xs text-muted">{person.roles}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <p aria-live="polite" className="sr-only">
        {chosen ? `${suggested.length} to choose from, ${chosen.name}` : ''}
      </p>
    </div>
  );
}
