import { createCookie, redirect } from '@remix-run/node';
import { z } from 'zod';
import { env } from './env.server.ts';

const toastSchema = z.object({
  tone: z.enum(['good', 'bad', 'info']),
  title: z.string().max(200),
  description: z.string().max(1000).optional(),
  /** Where to go on; a page of ours and nothing else. */
  link: z.object({ to: z.string().regex(/^\/(?![/\\])/), name: z.string().max(100) }).optional(),
});

/** What a page says about the action that led to it. */
export type Toast = z.infer<typeof toastSchema>;

const cookie = createCookie('bqs_toast', {
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: env.APP_URL.startsWith('https:'),
  maxAge: 60,
});

/** Sends the browser to `url`, where the page will say `toast` once. */
export async function redirectWithToast(url: string, toast: Toast): Promise<Response> {
  return redirect(url, { headers: { 'Set-Cookie': await toastCookie(toast) } });
}

/** The cookie that makes the next page say `toast` once. */
export function toastCookie(toast: Toast): Promise<string> {
  return cookie.serialize(toast);
}

/**
 * The toast a request carries, if any, with the headers that take it away again. The cookie comes from
 * a browser, so one that does not parse is no toast.
 */
export async function takeToast(
  request: Request,
): Promise<{ toast: Toast | null; headers: Headers }> {
  const headers = new Headers();
  const carried: unknown = await cookie.parse(request.headers.get('Cookie')).catch(() => null);
  if (!carried) return { toast: null, headers };
  headers.append('Set-Cookie', await cookie.serialize('', { maxAge: 0 }));
  const parsed = toastSchema.safeParse(carried);
  return { toast: parsed.success ? parsed.data : null, headers };
}
