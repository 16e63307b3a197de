import type { PostedForm } from '#app/domain/posted-form.ts';
import { parseForm } from '#app/lib/form-data.server.ts';

const mostCharacters = 200_000;
const secret = /passw|secret|token/i;

/**
 * Reads the form of a request without using it up; secrets and files are left out. `read` is the form where
 * it has been read already.
 */
export async function readPostedForm(request: Request, read?: FormData): Promise<PostedForm> {
  const url = new URL(request.url);
  const form: PostedForm = { action: url.pathname + url.search, fields: [], incomplete: false };
  const posted = read ?? (await formData(request));
  let characters = 0;
  for (const [name, value] of posted ?? []) {
    if (secret.test(name)) continue;
    const size = name.length + String(value).length;
    if (typeof value !== 'string' || characters + size > mostCharacters) {
      form.incomplete = true;
      continue;
    }
    characters += size;
    form.fields.push([name, value]);
  }
  return { ...form, incomplete: form.incomplete || posted === null };
}

async function formData(request: Request): Promise<FormData | null> {
  // A form with a file may be of any size, and the file has to be chosen again anyway.
  if (/^multipart\//i.test(request.headers.get('Content-Type') ?? '')) return null;
  return parseForm(request.clone());
}
