/** What a signed-out person had sent, as far as a page can carry it. */
export interface PostedForm {
  /** Path to send it to again. */
  action: string;
  fields: [name: string, value: string][];
  /** Whether something could not be kept: a file, or more than a page can carry. */
  incomplete: boolean;
}

/** Reads the data of the 401 that the guard throws. */
export function postedForm(data: Partial<Record<keyof PostedForm, unknown>>): PostedForm {
  const isField = (value: unknown): value is [string, string] =>
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
  return {
    action: typeof data.action === 'string' ? data.action : '/',
    fields: Array.isArray(data.fields) ? data.fields.filter(isField) : [],
    incomplete: data.incomplete === true,
  };
}
