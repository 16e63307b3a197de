import { ChevronRight } from 'lucide-react';
import { SelectField } from '#app/components/ui/select-field.tsx';
import { TextAreaField } from '#app/components/ui/text-area-field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import type { FieldErrors } from '#app/domain/scorecard-form.ts';
import { reasonBands } from '#app/domain/scorecard.ts';
import type { TypedCriterion } from '#app/domain/typed-scorecard.ts';
import { KnockOutOptions } from './knock-out-options.tsx';
import { RowButtons } from './row-buttons.tsx';

const anchors = [
  { key: 'low', label: 'A 1 means' },
  { key: 'middle', label: 'A 3 means' },
  { key: 'high', label: 'A 5 means' },
] as const;

/** One criterion of the editor: how it counts in a line, its words below. */
export function CriterionFields({
  criterion,
  index,
  last,
  errors,
}: {
  criterion: TypedCriterion;
  index: number;
  last: number;
  errors: FieldErrors;
}) {
  const field = (name: string) => {
    const id = `criteria.${index}.${name}`;
    return { id, name: id, error: errors[id] };
  };
  const title = criterion.name.trim() || `criterion ${index + 1}`;
  return (
    <fieldset
      id={`criteria-${index}`}
      tabIndex={-1}
      className="grid min-w-0 scroll-mt-24 gap-3 border-b p-4 last:border-b-0"
    >
      <legend className="sr-only">
        Criterion {index + 1}: {title}
      </legend>
      <div className="grid grid-cols-2 items-start gap-x-3 gap-y-2 md:grid-cols-[8rem_minmax(0,1fr)_5.5rem_10rem_auto]">
        <TextField label="Code" {...field('code')} defaultValue={criterion.code} maxLength={40} />
        <TextField
          label="Name"
          {...field('name')}
          defaultValue={criterion.name}
          maxLength={200}
          className="max-md:order-first max-md:col-span-2"
        />
        <TextField
          label="Weight, %"
          {...field('weight')}
          defaultValue={criterion.weight}
          inputMode="numeric"
          maxLength={10}
          data-weight
        />
        <SelectField label="Knock-out" {...field('knockOut')} defaultValue={criterion.knockOut}>
          <KnockOutOptions typed={criterion.knockOut} />
        </SelectField>
        <div className="pb-1 max-md:self-end max-md:justify-self-end md:pt-6">
          <RowButtons list="criteria" index={index} last={last} name={title} />
        </div>
      </div>
      <Words criterion={criterion} index={index} errors={errors} />
    </fieldset>
  );
}

function Words({
  criterion,
  index,
  errors,
}: {
  criterion: TypedCriterion;
  index: number;
  errors: FieldErrors;
}) {
  const field = (name: string) => {
    const id = `criteria.${index}.${name}`;
    return { id, name: id, error: errors[id] };
  };
  const inside = ['question', 'low', 'middle', 'high', 'reasons'];
  const faulty = Object.keys(errors).some((name) =>
    inside.some((part) => name.startsWith(`criteria.${index}.${part}`)),
  );
  return (
    <details open={faulty || criterion.question === ''} className="group min-w-0">
      <summary className="flex items-center gap-1 text-xs text-muted hover:text-ink">
        <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90" />
        Question, anchors and reasons
        <span className="sr-only">of {criterion.name.trim() || `criterion ${index + 1}`}</span>
      </summary>
      <div className="mt-3 grid gap-3">
        <TextField
          label="Question"
          {...field('question')}
          defaultValue={criterion.question}
          maxLength={800}
        />
        <div className="grid gap-3 md:grid-cols-3">
          {anchors.map(({ key, label }) => (
            <TextAreaField
              key={key}
              label={label}
              {...field(key)}
              defaultValue={criterion[key]}
              rows={2}
            />
          ))}
        </div>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
          {reasonBands.map(({ key, label }) => (
            <TextAreaField
              key={key}
              label={`Reasons, ${label}`}
              {...field(`reasons.${key}`)}
              defaultValue={criterion.reasons[key]}
              rows={4}
            />
          ))}
        </div>
        <p className="text-xs text-muted">One reason a line, at most twelve in a range.</p>
      </div>
    </details>
  );
}
