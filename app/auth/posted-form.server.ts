import type { PostedForm } from '#app/domain/posted-form.ts';

const mostCharacters = 200_000;
const secret = /passw|secret|token/i;

/** Reads the form of a request without using it up; secrets and files are left out. */
export async function readPostedForm(request: Request): Promise<PostedForm> {
  const url = new URL(request.url);
  const form: PostedForm = { action: url.pathname + url.search, fields: [], incomplete: false };
  const posted = await formData(request);
  let characters = 0;
  for (const [name, value] of posted ?? []) {
    if (secret.test(name)) continue;
    if (typeof value !== 'string' || characters + value.length > mostCharacters) {
      form.incomplete = true;
      continue;
    }
    characters += value.length;
    form.fields.push([name, value]);
  }
  return { ...form, incomplete: form.incomplete || posted === null };
}

async function formData(request: Request): Promise<FormData | null> {
  // A form with a file may be of any size, and the file has to be chosen again anyway.
  if (request.headers.get('Content-Type')?.startsWith('multipart/')) return null;
  try {
    return await request.clone().formData();
  } catch {
    return null;
  }
}
