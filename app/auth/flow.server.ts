import { redirectDocument } from '@remix-run/node';
import { flowSchema, viewFlow, type FlowView } from '#app/domain/sign-in-flow.ts';
import { env } from '#app/lib/env.server.ts';
import { oryCookies } from './cookies.ts';
import { unavailable } from './guard.server.ts';
import { unsent } from './limit-flow.server.ts';
import { bounded, failureOf, frontend, seenByBrowser } from './ory.server.ts';
import { flowStart, returnToUrl, safeReturnTo } from './return-to.ts';

export type FlowKind = Parameters<typeof flowStart>[0];

/** A flow to show, or the finding that this browser keeps no cookies and so can have none. */
export type LoadedFlow =
  | {
      state: 'open';
      view: FlowView;
      returnTo: string;
      refresh: boolean;
      /** `aal2` where the flow asks for a second factor. */
      level: 'aal1' | 'aal2';
    }
  | { state: 'no-cookies' };

const fetchers = {
  login: (given: Given) => frontend.getLoginFlow(given, bounded()),
  registration: (given: Given) => frontend.getRegistrationFlow(given, bounded()),
  recovery: (given: Given) => frontend.getRecoveryFlow(given, bounded()),
  verification: (given: Given) => frontend.getVerificationFlow(given, bounded()),
  settings: (given: Given) => frontend.getSettingsFlow(given, bounded()),
};
interface Given {
  id: string;
  cookie?: string;
}

/**
 * The flow a page is asked to show. One that is missing, over or another browser's is started anew
 * by sending the browser to the identity server; an outage is a 503.
 */
export async function loadFlow(request: Request, kind: FlowKind): Promise<LoadedFlow> {
  const { searchParams } = new URL(request.url);
  const id = searchParams.get('flow');
  const asked = searchParams.get('return_to');
  // Settings are left when their owner wants to leave, having read that they are saved.
  const back = kind === 'settings' && asked === null ? null : safeReturnTo(asked);
  const start = flowStart(kind, env.APP_URL, back);
  if (!id) throw redirectDocument(start);
  const cookies = oryCookies(request.headers.get('Cookie'), env.ORY_SESSION_COOKIE);
  const answer = await fetchFlow(kind, { id, cookie: cookies.header ?? undefined });
  if (answer.ok) {
    const flow = flowSchema.safeParse(answer.body);
    // A form that leads outside BQS is not one to type a password into.
    const action = flow.success ? seenByBrowser(flow.data.ui.action) : null;
    if (!flow.success || !action) throw unavailable(request);
    const seen = { ...viewFlow(flow.data, seenByBrowser), action };
    const view = searchParams.has(unsent) ? withoutFindings(seen) : seen;
    const returnTo = returnToUrl(flow.data.return_to, env.APP_URL);
    const refresh = flow.data.refresh ?? false;
    const level = flow.data.requested_aal === 'aal2' ? 'aal2' : 'aal1';
    return { state: 'open', view, returnTo, refresh, level };
  }
  if (![401, 403, 404, 410].includes(answer.status ?? 0)) throw unavailable(request);
  // Every new flow comes with a cookie. Without one, starting anew would go round for ever.
  if (!cookies.csrf) return { state: 'no-cookies' };
  throw redirectDocument(start);
}

/** A flow as it was before its form was judged. */
const withoutFindings = (view: FlowView): FlowView => ({
  ...view,
  messages: [],
  fields: view.fields.map((field) => ({ ...field, error: null })),
});

async function fetchFlow(kind: FlowKind, given: Given) {
  try {
    return { ok: true as const, body: (await fetchers[kind](given)).data as unknown };
  } catch (error) {
    return failureOf(error);
  }
}
