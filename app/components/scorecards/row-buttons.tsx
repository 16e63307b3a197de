import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { Button } from '#app/components/ui/button.tsx';

/** Moves or takes away one row of a list; the form comes back with everything that was typed. */
export function RowButtons({
  list,
  index,
  last,
  name,
}: {
  list: 'criteria' | 'bands' | 'limits';
  index: number;
  last: number;
  name: string;
}) {
  const button = (change: string, to: number) => ({
    name: 'intent',
    value: `${change}.${list}.${index}`,
    // Where no script brings the row back into view, the address does.
    formAction: `#${list}-${to}`,
    variant: 'quiet' as const,
    size: 'small' as const,
    className: 'px-1.5',
  });
  return (
    <div className="flex shrink-0">
      {list === 'limits' ? null : (
        <>
          <Button
            {...button('up', index - 1)}
            disabled={index === 0}
            aria-label={`Move ${name} up`}
          >
            <ArrowUp aria-hidden />
          </Button>
          <Button
            {...button('down', index + 1)}
            disabled={index === last}
            aria-label={`Move ${name} down`}
          >
            <ArrowDown aria-hidden />
          </Button>
        </>
      )}
      <Button {...button('remove', Math.max(0, index - 1))} aria-label={`Remove ${name}`}>
        <Trash2 aria-hidden />
      </Button>
    </div>
  );
}

/** Adds a row at the end of a list. */
export function AddRow({
  list,
  at,
  children,
}: {
  list: 'criteria' | 'bands' | 'limits';
  at: number;
  children: string;
}) {
  return (
    <Button name="intent" value={`add.${list}`} formAction={`#${list}-${at}`} size="small">
      {children}
    </Button>
  );
}
