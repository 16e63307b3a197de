import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { tooOftenWords, viewerLimitOf } from '#app/domain/rate-limit-match.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { problem, wantsProblem } from '#app/lib/problem.server.ts';
import { countTowards, type UsedUp } from '#app/lib/rate-limit.server.ts';
import { isRead } from './is-read.ts';
import { readPostedForm } from './posted-form.server.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;

/** Keyed by the context, as who sent a request is: several guards of a request count once. */
const counted = new WeakMap<AppLoadContext, Promise<UsedUp | null>>();

/** Counts a request towards its sender's limit. Throws 429 in words where that is used up. */
export async function limitViewer({ request, context }: Args, viewer: Viewer): Promise<void> {
  const limit = viewerLimitOf(request.method, new URL(request.url).pathname);
  if (!limit) return;
  const requestId = request.headers.get('X-Request-Id') ?? undefined;
  let counting = counted.get(context);
  if (!counting) {
    counting = countTowards([{ limit, key: viewer.id }], requestId);
    counted.set(context, counting);
  }
  const usedUp = await counting;
  if (usedUp) throw await tooMany(request, usedUp);
}

/** What was typed travels in the page, which offers to send it again. */
async function tooMany(request: Request, { limit, retryAfter }: UsedUp): Promise<Response> {
  const words = tooOftenWords(limit, retryAfter);
  const headers = { 'Retry-After': String(retryAfter) };
  if (wantsProblem(request)) return problem(429, 'Too many requests', words, {}, headers);
  const form = isRead(request) ? {} : await readPostedForm(request);
  const body = { kind: 'too-many', message: words, ...form };
  return Response.json(body, { status: 429, headers });
}
