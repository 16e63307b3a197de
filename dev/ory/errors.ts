/** The error envelope of Ory's APIs, and the errors by name. */

const statusTexts: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Request Entity Too Large',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
};

export interface ErrorBody {
  id?: string;
  code: number;
  status: string;
  reason?: string;
  details?: Record<string, unknown>;
  message: string;
}

interface FaultParts {
  id?: string;
  reason?: string;
  details?: Record<string, unknown>;
  /** Keys beside `error` in the answer. */
  beside?: Record<string, unknown>;
}

/** A request refused: becomes `{"error": …}`, or a redirect to the error page for a browser. */
export class Fault extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly beside: Record<string, unknown>;

  constructor(status: number, message: string, parts: FaultParts = {}) {
    super(message);
    const { id, reason, details, beside } = parts;
    this.status = status;
    this.beside = beside ?? {};
    this.body = {
      ...(id && { id }),
      code: status,
      status: statusTexts[status] ?? 'Error',
      ...(reason && { reason }),
      ...(details && { details }),
      message,
    };
  }
}

export const badRequest = (reason: string, id?: string) =>
  new Fault(400, 'The request was malformed or contained invalid parameters', { reason, id });

export const notFound = () => new Fault(404, 'Unable to locate the resource');

export const noSuchThing = (reason: string) =>
  new Fault(404, 'The requested resource could not be found', { reason });

export const unauthorized = (reason: string) =>
  new Fault(401, 'The request could not be authorized', { reason });

export const noCredentials = () =>
  unauthorized('No valid session credentials found in the request.');

export const sessionInactive = () =>
  new Fault(401, 'request does not have a valid authentication session', {
    id: 'session_inactive',
    reason: 'This request carries no active session.',
  });

export const alreadySignedIn = (what: string) =>
  new Fault(400, 'you are already logged in', {
    id: 'session_already_available',
    reason: `A valid session was detected, so there is no ${what} to do.`,
  });

export const disabledIdentity = (identityId: string) =>
  new Fault(401, 'identity is disabled', {
    reason: 'This account was disabled.',
    details: { identity_id: identityId },
  });

export const someoneElse = () =>
  new Fault(403, 'The requested action was forbidden', {
    id: 'security_identity_mismatch',
    reason: 'This flow was begun by somebody else.',
  });

export const conflict = () =>
  new Fault(409, 'The resource could not be created due to a conflict', {
    reason: 'This identity conflicts with another identity that already exists.',
  });

export const missingFlow = () => badRequest('The flow query parameter is missing or malformed.');

const csrfCauses = {
  'no cookies': 'The HTTP Cookie Header is empty or not set.',
  'no token': undefined,
  'no match': 'The CSRF token does not belong to the CSRF cookie that came with it.',
};

/** `cause` is for whoever debugs it; a fetch sends no token, so a wrong cookie looks like none. */
export const csrfViolation = (cause: keyof typeof csrfCauses) =>
  new Fault(403, 'the request was rejected to protect you from Cross-Site-Request-Forgery', {
    id: 'security_csrf_violation',
    reason: 'Start the flow again; if that does not help, clear the cookies of this site.',
    details: {
      docs: 'https://www.ory.sh/kratos/docs/debug/csrf',
      hint: 'A form must come back from the browser its page was made for, with its cookies.',
      reject_reason: csrfCauses[cause],
    },
  });

/** A flow that ran out before it was submitted; `flowId` is the one begun in its place. */
export function flowExpired(expiredAt: string, now: Date, flowId: string): Fault {
  const since = (now.getTime() - Date.parse(expiredAt)) * 1_000_000;
  return new Fault(410, 'self-service flow expired', {
    id: 'self_service_flow_expired',
    reason: `The flow expired at ${expiredAt}; use the new one.`,
    beside: { expired_at: expiredAt, since, use_flow_id: flowId },
  });
}

export const flowReplaced = (flowId: string) =>
  new Fault(410, 'self-service flow replaced', {
    id: 'self_service_flow_replaced',
    reason: 'This flow is finished; use the new one.',
    beside: { use_flow_id: flowId },
  });

export const browserMustGo = (url: string) =>
  new Fault(422, 'browser location change required', {
    id: 'browser_location_change_required',
    reason: `The browser has to go on at ${url}`,
    beside: { redirect_browser_to: url },
  });

/** The session is good for the first factor alone; the browser goes on at `url`. */
export const secondFactorDue = (url: string) =>
  new Fault(403, 'Session does not fulfill the requested Authenticator Assurance Level', {
    id: 'session_aal2_required',
    reason: 'This account has a second factor, which this session has not passed yet.',
    details: { redirect_browser_to: url },
    beside: { redirect_browser_to: url },
  });

export const refreshRequired = (url: string) =>
  new Fault(403, 'The requested action was forbidden', {
    id: 'session_refresh_required',
    reason: 'The sign-in is too long ago for this change; sign in again.',
    beside: { redirect_browser_to: url },
  });
