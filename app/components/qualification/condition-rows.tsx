import { Plus } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { Button } from '#app/components/ui/button.tsx';
import { FieldNotes } from '#app/components/ui/field.tsx';
import { TextField } from '#app/components/ui/text-field.tsx';
import type { FieldErrors, Typed } from '#app/domain/typed-form.ts';

const most = 20;

/**
 * What a conditional GO hangs on, a row a condition. Empty rows count as none, so that there are enough of
 * them where no script adds one.
 */
export function ConditionRows({ typed, errors = {} }: { typed?: Typed; errors?: FieldErrors }) {
  const id = useId();
  const conditions = typed?.condition ?? [];
  const dues = typed?.due ?? [];
  const [rows, setRows] = useState(Math.max(conditions.length, 3));
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  const faults = faultsByRow(conditions, dues, errors);
  return (
    <fieldset
      className="grid min-w-0 gap-2"
      aria-describedby={errors.conditions ? `${id}-error` : undefined}
    >
      <legend className="mb-1 text-xs font-medium">Conditions, each with the day it is due</legend>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="grid gap-2 sm:grid-cols-[1fr_11rem]">
          <TextField
            name="condition"
            label={`Condition ${index + 1}`}
            defaultValue={conditions[index]}
            error={faults[index]?.condition}
            most={4000}
          />
          <TextField
            type="date"
            name="due"
            label={`Due (condition ${index + 1})`}
            defaultValue={dues[index]}
            error={faults[index]?.due}
          />
        </div>
      ))}
      <FieldNotes id={id} error={errors.conditions} />
      {scripted && rows < most ? (
        <Button
          type="button"
          size="small"
          className="justify-self-start"
          onClick={() => setRows(rows + 1)}
        >
          <Plus aria-hidden />
          Another condition
        </Button>
      ) : null}
    </fieldset>
  );
}

/** Errors count the conditions that say something; rows are counted with the empty ones among them. */
function faultsByRow(conditions: readonly string[], dues: readonly string[], errors: FieldErrors) {
  let place = 0;
  return conditions.map((condition, index) => {
    if (condition.trim() === '' && !dues[index]) return {};
    const at = place++;
    return { condition: errors[`conditions.${at}.condition`], due: errors[`conditions.${at}.due`] };
  });
}
