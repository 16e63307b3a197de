import type { TypedScorecard } from '#app/domain/typed-scorecard.ts';

/** What a browser sends of the editor's form, its buttons and hidden fields aside. */
export function typedForm(typed: TypedScorecard): FormData {
  const form = new FormData();
  const put = (list: string, index: number, fields: object) => {
    for (const [name, value] of Object.entries(fields)) {
      form.set(`${list}.${index}.${name}`, String(value));
    }
  };
  form.set('name', typed.name);
  typed.criteria.forEach(({ reasons, ...fields }, index) => {
    put('criteria', index, fields);
    for (const [range, value] of Object.entries(reasons)) {
      form.set(`criteria.${index}.reasons.${range}`, value);
    }
  });
  typed.bands.forEach((fields, index) => put('bands', index, fields));
  typed.fastTrack.limits.forEach((fields, index) => put('limits', index, fields));
  form.set('fastTrack.lowest', typed.fastTrack.lowest);
  if (typed.fastTrack.enabled) form.set('fastTrack.enabled', 'on');
  return form;
}
