/** More than any form sends. Counted before parsing, whose cost would grow faster than the form. */
export const mostFields = 3000;

/**
 * The form a page was sent. Throws 400 in words for a body that is no form, for a file where none is asked
 * for, and for a NUL character, which no browser lets anybody type and Postgres cannot keep.
 */
export async function formDataOf(request: Request): Promise<FormData> {
  const form = await parseForm(request);
  if (!form) {
    throw new Response('What was sent is not a form of BQS, so nothing was done.', { status: 400 });
  }
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      throw new Response('This form takes no file, so nothing was done.', { status: 400 });
    }
    if (name.includes('\0') || value.includes('\0')) {
      throw new Response('A form cannot hold a NUL character.', { status: 400 });
    }
  }
  return form;
}

/** Reads the body as a form; null where it is none, or holds more fields than any form of ours. */
export async function parseForm(request: Request): Promise<FormData | null> {
  const type = request.headers.get('Content-Type') ?? '';
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return fieldsOf(await request.text());
  const form = await request.formData().catch(() => null);
  return form && [...form.keys()].length <= mostFields ? form : null;
}

function fieldsOf(body: string): FormData | null {
  let [fields, at] = [1, -1];
  while ((at = body.indexOf('&', at + 1)) >= 0) if (++fields > mostFields) return null;
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(body)) form.append(name, value);
  return form;
}
