import { typedValue, type Typed } from '#app/domain/typed-form.ts';
import { plural } from '#app/lib/format.ts';
import { takerName, type Taker } from './hand-over-fields.tsx';
import { SelectField } from './ui/select-field.tsx';

/** The practices somebody alone heads, each with who could head it from now on. */
export function PracticesToHandOver({
  practices,
  typed,
}: {
  practices: { id: string; name: string; submitted: number; takers: Taker[] }[];
  typed?: Typed;
}) {
  return (
    <div className="grid gap-4">
      {practices.map(({ id, name, submitted, takers }) => (
        <SelectField
          key={id}
          name={`head.${id}`}
          label={`Who heads ${name}`}
          hint={
            takers.length === 0
              ? 'Nobody who is active heads a practice or works in this one: grant a role first, or leave it to the managers.'
              : `${plural(submitted, 'assessment')} ${submitted === 1 ? 'waits' : 'wait'} there for a recommendation.`
          }
          defaultValue={typedValue(typed, `head.${id}`)}
          className="max-w-md"
        >
          <option value="">Nobody yet</option>
          {takers.map((taker) => (
            <option key={taker.id} value={taker.id}>
              {takerName(taker)}
            </option>
          ))}
        </SelectField>
      ))}
    </div>
  );
}
