import { isApiPath, plainPath } from '#app/domain/plain-path.ts';

/** An error as problem JSON (RFC 9457). `detail` is for a person; `extra` is shown as given. */
export function problem(
  status: number,
  title: string,
  detail: string,
  extra: { type?: string; [key: string]: unknown } = {},
  headers: Record<string, string> = {},
): Response {
  const body = { type: 'about:blank', title, status, detail, ...extra };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

/** Whether an error of this request is read by a program. */
export function wantsProblem(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return isApiPath(pathname) || plainPath(pathname) === '/docs/openapi.json';
}

/** Refuses, by throwing, a method that this address does not have. Call it after the guard. */
export function allowMethods(request: Request, ...methods: string[]): void {
  if (methods.includes(request.method)) return;
  const allow = methods.join(', ');
  throw problem(
    405,
    'Method not allowed',
    `${new URL(request.url).pathname} answers to ${allow}, not to ${request.method}.`,
    {},
    { Allow: allow },
  );
}
