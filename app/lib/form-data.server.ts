/**
 * The form a page was sent. Throws 400 in words for a body that is no form, and for a NUL character,
 * which no browser lets anybody type and Postgres cannot keep.
 */
export async function formDataOf(request: Request): Promise<FormData> {
  const form = await request.formData().catch(() => null);
  if (!form) {
    throw new Response('What was sent is not a form of BQS, so nothing was done.', { status: 400 });
  }
  for (const [name, value] of form) {
    const holdsNul = name.includes('\0') || (typeof value === 'string' && value.includes('\0'));
    if (holdsNul) throw new Response('A form cannot hold a NUL character.', { status: 400 });
  }
  return form;
}
