import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { stepUpNeed, type Deed, type StepUpAct, type StepUpNeed } from '#app/domain/step-up.ts';
import type { StepUp } from '#app/domain/step-up-view.ts';
import { stepUpWords } from '#app/domain/step-up-words.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';
import { problem, wantsProblem } from '#app/lib/problem.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { requireSession } from './guard.server.ts';
import { readPostedForm } from './posted-form.server.ts';

/**
 * Lets an action go on only where the session is as strong and as fresh as REQUIRE_AAL2_FOR asks for the
 * deed. Call it after the guard and before the service. A refusal is put on the record and thrown; a page
 * gets back what was typed, so that nothing is lost. `posted` is the form where it has been read already.
 * @returns the deed as it was judged, for the service to hold it to; null where nothing is asked of its kind.
 */
export async function requireStepUp<D extends Deed>(
  args: ActionFunctionArgs,
  deed: D,
  posted?: FormData,
): Promise<D | null> {
  const { viewer, session } = await requireSession(args);
  const needs = stepUpNeed(deed, session, policy(), new Date());
  if (!needs) return env.REQUIRE_AAL2_FOR.includes(deed.act) ? deed : null;
  await recordRefusal(args.request, viewer, deed.act, needs);
  throw await refusal(args.request, stepUpOf(deed.act, needs, '/welcome?resume=1'), posted);
}

/**
 * What an act on this page is going to ask for, so that nobody is surprised; null: nothing. Of several
 * deeds the first that asks for something is told.
 */
export async function stepUpAhead(
  args: LoaderFunctionArgs,
  ...deeds: Deed[]
): Promise<StepUp | null> {
  const asking = deeds.filter(({ act }) => env.REQUIRE_AAL2_FOR.includes(act));
  // Where nothing is configured the page costs no question of its own.
  if (asking.length === 0) return null;
  const { session } = await requireSession(args);
  const now = new Date();
  const { pathname, search } = new URL(args.request.url);
  for (const deed of asking) {
    const needs = stepUpNeed(deed, session, policy(), now);
    if (needs) return stepUpOf(deed.act, needs, pathname + search);
  }
  return null;
}

function policy() {
  return {
    acts: env.REQUIRE_AAL2_FOR,
    limits: env.STEP_UP_AMOUNT ?? null,
    minutes: env.STEP_UP_MINUTES,
  };
}

function stepUpOf(act: StepUpAct, needs: StepUpNeed, returnTo: string): StepUp {
  const return_to = env.APP_URL + returnTo;
  const login = (query: Record<string, string>) =>
    `/.ory/self-service/login/browser?${new URLSearchParams({ ...query, aal: 'aal2', return_to })}`;
  const settings = `/settings?${new URLSearchParams({ return_to: returnTo })}`;
  return {
    act,
    needs,
    minutes: env.STEP_UP_MINUTES,
    href: needs === 'second-factor' ? settings : login({ refresh: 'true' }),
    factorHref: login({}),
  };
}

async function refusal(request: Request, stepUp: StepUp, posted?: FormData): Promise<Response> {
  const { act, needs, minutes } = stepUp;
  const { title, what } = stepUpWords(act, needs, minutes);
  if (wantsProblem(request)) return problem(403, title, what, { needs, act, minutes });
  const form = await readPostedForm(request, posted);
  return Response.json({ kind: 'step-up', ...stepUp, ...form }, { status: 403 });
}

async function recordRefusal(request: Request, viewer: Viewer, act: StepUpAct, needs: StepUpNeed) {
  await recordEvent(db, {
    kind: 'access.step_up_refused',
    actor: viewer,
    subject: { type: 'user', id: viewer.id, name: viewer.name },
    data: { act, needs, path: new URL(request.url).pathname.slice(0, 200) },
    requestId: request.headers.get('X-Request-Id') ?? undefined,
  });
}
