import type { Store } from './store.ts';

/** Where things are and how long they last; what every part of the server is handed. */
export interface Service {
  store: Store;
  /** What the browser sees of the public API, ending in `/`. */
  baseUrl: string;
  /** Where this server's admin API listens, without a slash at the end. */
  adminUrl: string;
  ui: {
    login: string;
    registration: string;
    settings: string;
    recovery: string;
    verification: string;
    error: string;
    home: string;
  };
  seconds: { session: number; flow: number; privileged: number; code: number };
  styles: { login: 'unified' | 'identifier_first'; registration: 'unified' | 'profile_first' };
  now(): Date;
  log(line: string): void;
  /** Hands out what would go by e-mail. */
  deliver(mail: { to: string; subject: string; text: string }): void;
}

/** The instant `seconds` from now, as the JSON has it. */
export function after(service: Service, seconds: number): string {
  return new Date(service.now().getTime() + seconds * 1000).toISOString();
}

export const isPast = (service: Service, instant: string) =>
  Date.parse(instant) <= service.now().getTime();

/** A URL of the public API as the browser sees it: `self-service/login` and a query. */
export function publicUrl(service: Service, path: string, query: Record<string, string> = {}) {
  const search = new URLSearchParams(query).toString();
  return `${service.baseUrl}${path}${search && `?${search}`}`;
}

/** A page of the app with a query, such as the login page with its flow. */
export function pageUrl(page: string, query: Record<string, string>): string {
  const url = new URL(page);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url.toString();
}
