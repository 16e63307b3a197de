import { badRequest } from './errors.ts';
import type { Service } from './service.ts';

/** Same scheme, host and port, and the path begins as the entry's does. */
function admits(entry: string, url: URL): boolean {
  const allowed = new URL(entry);
  return allowed.origin === url.origin && url.pathname.startsWith(allowed.pathname);
}

/**
 * The absolute URL a browser may be sent back to, or undefined where none is asked for; a relative
 * one is taken from the app's home. Throws 400 for a URL outside the app.
 */
export function allowedReturnTo(service: Service, wanted: string | undefined): string | undefined {
  if (!wanted) return undefined;
  const refusal = badRequest(
    `Requested return_to URL "${wanted}" is not allowed.`,
    'self_service_flow_return_to_forbidden',
  );
  if (!URL.canParse(wanted, service.ui.home)) throw refusal;
  const url = new URL(wanted, service.ui.home);
  const entries = [service.ui.home, `${service.baseUrl}self-service`];
  if (!entries.some((entry) => admits(entry, url))) throw refusal;
  // Kept as it was written where it was absolute: clients compare it with what they sent.
  return URL.canParse(wanted) ? wanted : url.toString();
}
