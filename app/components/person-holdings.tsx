import { Form } from '@remix-run/react';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from './ui/badge.tsx';
import { Button } from './ui/button.tsx';
import { controlLook } from './ui/field.tsx';

export interface Choice {
  value: string;
  label: string;
}

/** What a person holds of one kind. */
export function Chips({ empty, children }: { empty: string; children: ReactNode[] }) {
  if (children.length === 0) return <p className="text-muted">{empty}</p>;
  return <ul className="flex flex-wrap justify-end gap-1 md:justify-start">{children}</ul>;
}

/** Something a person holds, with the button that takes it away; `remove` is what that is called. */
export function Chip({
  name,
  remove,
  fields,
}: {
  name: string;
  remove: string | null;
  fields: Record<string, string>;
}) {
  return (
    <li>
      <Form method="post" preventScrollReset>
        {Object.entries(fields).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
        <Badge tone="info" className="wrap-anywhere">
          {name}
          {remove ? (
            <button
              aria-label={remove}
              title={remove}
              className="-my-0.5 -mr-1 inline-grid size-6 place-items-center rounded-sm hover:bg-sunken"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          ) : null}
        </Badge>
      </Form>
    </li>
  );
}

/** Gives a person one more of what they do not hold yet; nothing where they hold all there is. */
export function AddForm({
  person,
  intent,
  field,
  label,
  choices,
}: {
  person: { id: string; name: string };
  intent: string;
  field: string;
  label: string;
  choices: Choice[];
}) {
  if (choices.length === 0) return null;
  return (
    <Form method="post" preventScrollReset className="flex gap-1 md:max-w-64">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="userId" value={person.id} />
      <select
        name={field}
        aria-label={`${label} to give to ${person.name}`}
        required
        className={controlLook}
      >
        <option value="">{label} …</option>
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Button aria-label={`Give the ${label.toLowerCase()} to ${person.name}`}>Give</Button>
    </Form>
  );
}
