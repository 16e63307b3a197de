import { Form } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#app/components/ui/button.tsx';
import { FieldNotes, controlLook } from '#app/components/ui/field.tsx';
import { LengthNote, lengthNoteId } from '#app/components/ui/length-note.tsx';
import { mostComment } from '#app/domain/mention.ts';
import { typedValue } from '#app/domain/typed-form.ts';
import type { FormRefusal } from './form-refusal.ts';
import { MentionBox } from './mention-box.tsx';
import { useSent } from './use-sent.ts';

export interface Person {
  id: string;
  name: string;
  /** What they are in BQS. */
  roles: string;
}

/**
 * Where one writes about an opportunity. Whom it tells is ticked in a list; where scripts run, an @ in the
 * text suggests names and ticks them. `formKey` names this form: sent twice, it counts once.
 */
export function CommentForm({
  people,
  formKey: latestKey,
  refusal,
}: {
  people: Person[];
  formKey: string;
  refusal: FormRefusal | null;
}) {
  const [formKey, setFormKey] = useState(latestKey);
  const [body, setBody] = useState(typedValue(refusal?.typed, 'body'));
  const [told, setTold] = useState<readonly string[]>(refusal?.typed.mention ?? []);
  const list = useRef<HTMLDetailsElement>(null);
  const { sending, sent } = useSent('comment');
  const latest = useRef(latestKey);
  useEffect(() => {
    latest.current = latestKey;
  }, [latestKey]);
  useEffect(() => {
    if (!sent) return;
    setBody('');
    setTold([]);
    setFormKey(latest.current);
    if (list.current) list.current.open = false;
  }, [sent]);

  function tell(id: string, on: boolean) {
    setTold(on ? [...new Set([...told, id])] : told.filter((each) => each !== id));
  }

  return (
    <Form method="post" preventScrollReset className="relative grid gap-2">
      <input type="hidden" name="intent" value="comment" />
      <input type="hidden" name="formKey" value={formKey} />
      <label htmlFor="comment" className="text-xs font-medium">
        Comment
      </label>
      <MentionBox
        id="comment"
        name="body"
        value={body}
        people={people}
        onChange={setBody}
        onMention={({ id }) => tell(id, true)}
        invalid={refusal !== null}
        describedBy={lengthNoteId('comment', body.length, mostComment)}
        className={controlLook}
      />
      <LengthNote id="comment" length={body.length} most={mostComment} />
      <FieldNotes id="comment" error={refusal?.message} />
      <div className="flex flex-wrap items-start justify-between gap-2">
        {people.length > 0 ? (
          <details ref={list} open={refusal !== null && told.length > 0} className="min-w-0 grow">
            <summary className="inline-flex min-h-7 items-center text-xs link">
              {told.length > 0 ? `Tells ${namesOf(told, people)}` : 'Tell somebody'}
            </summary>
            <fieldset className="mt-1 max-h-60 max-w-md overflow-y-auto rounded-md border p-2">
              <legend className="sr-only">Tell</legend>
              {people.map(({ id, name, roles }) => (
                <label
                  key={id}
                  className="flex items-start gap-2 rounded px-1 py-1 hover:bg-sunken"
                >
                  <input
                    type="checkbox"
                    name="mention"
                    value={id}
                    checked={told.includes(id)}
                    onChange={(event) => tell(id, event.target.checked)}
                    className="mt-0.5 size-4 shrink-0 accent-accent"
                  />
                  <span className="min-w-0 wrap-anywhere">
                    {name} <span className="text-xs text-muted">{roles}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          </details>
        ) : null}
        <Button size="small" disabled={sending} className="ml-auto">
          Comment
        </Button>
      </div>
    </Form>
  );
}

function namesOf(ids: readonly string[], people: readonly Person[]): string {
  return ids.map((id) => people.find((person) => person.id === id)?.name ?? 'somebody').join(', ');
}
