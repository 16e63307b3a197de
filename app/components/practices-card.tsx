import { Form } from '@remix-run/react';
import { formatCount, plural } from '#app/lib/format.ts';
import type { Practice } from '#app/models/practice.server.ts';
import { Button } from './ui/button.tsx';
import { Card } from './ui/card.tsx';
import { TextField } from './ui/text-field.tsx';

/** The practices there are, a form for another, and those the CRM names that nobody has added. */
export function PracticesCard({
  practices,
  suggestions,
  asked,
}: {
  practices: Practice[];
  suggestions: { name: string; opportunities: number }[];
  /** The name that the form begins with, until there is such a practice. */
  asked?: string;
}) {
  return (
    <Card title="Practices">
      <div className="grid gap-5">
        {practices.length === 0 ? (
          <p className="text-muted">
            None yet. Practice heads and architects see the opportunities of their practices, so add
            those first.
          </p>
        ) : (
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {practices.map(({ id, name, members, active }) => (
              <li key={id} className="flex min-w-0 items-baseline gap-1.5 wrap-anywhere">
                {name}
                <span className="text-xs whitespace-nowrap text-muted">
                  {membersWords({ members, active })}
                </span>
                {members === 0 ? (
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="intent" value="remove-practice" />
                    <input type="hidden" name="practiceId" value={id} />
                    <Button variant="quiet" size="small" aria-label={`Remove the practice ${name}`}>
                      Remove
                    </Button>
                  </Form>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        <Form
          id="practices"
          method="post"
          // Emptied once what was typed is in the list.
          key={practices.length}
          className="flex max-w-md scroll-mt-32 items-end gap-2"
        >
          <input type="hidden" name="intent" value="add-practice" />
          <TextField
            name="name"
            label="Name, as the CRM writes it"
            defaultValue={practices.some(({ name }) => name === asked) ? undefined : asked}
            maxLength={200}
            required
            className="grow"
          />
          <Button>Add practice</Button>
        </Form>
        {suggestions.length > 0 ? (
          <div className="grid gap-2">
            <h3 className="text-xs font-medium">Named in the CRM, not yet a practice here</h3>
            <ul className="flex flex-wrap gap-2">
              {suggestions.map(({ name, opportunities }) => (
                <li key={name} className="max-w-full min-w-0">
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="intent" value="add-practice" />
                    <input type="hidden" name="name" value={name} />
                    <Button size="small" className="max-w-full" title={name}>
                      <span className="truncate">Add {name}</span>
                      <span className="text-muted">{formatCount(opportunities)}</span>
                    </Button>
                  </Form>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
    </Card>
  );
}

/** Who left is counted apart, since they keep a practice from being removed. */
function membersWords({ members, active }: Pick<Practice, 'members' | 'active'>): string {
  const left = members - active;
  const words = plural(active, 'person', 'people');
  return left > 0 ? `${words}, ${left} deactivated` : words;
}
