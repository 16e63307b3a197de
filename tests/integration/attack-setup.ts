import type { Application } from '#tests/setup/application.ts';

export const json = 'application/json';
export const urlencoded = 'application/x-www-form-urlencoded';

/** Requests of signed-in people to an application that is still to start; `cookies` is by person. */
export function requestsTo(app: () => Application, cookies: Record<string, string>) {
  const as = (person: string) => ({ Cookie: cookies[person] ?? '', Origin: app().url });
  return {
    as,
    get(path: string, person = 'manager'): Promise<Response> {
      return fetch(app().url + path, { redirect: 'manual', headers: as(person) });
    },
    send(path: string, body: BodyInit, type: string, more: Record<string, string> = {}) {
      const headers = { ...as('manager'), 'Content-Type': type, ...more };
      return fetch(app().url + path, { method: 'POST', redirect: 'manual', headers, body });
    },
  };
}
