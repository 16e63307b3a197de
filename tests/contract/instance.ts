import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import {
  startIdentityServer,
  type IdentityServer,
  type IdentityServerOptions,
} from '#dev/ory/server.ts';
import { ask, Browser, type Answer } from './browser.ts';
import { at, csrfOf, listAt, textAt, type JsonValue } from './json.ts';

/**
 * Which server the suite speaks to: the one named by KRATOS_PUBLIC_URL, KRATOS_ADMIN_URL and
 * KRATOS_BASE_URL (a real Kratos with ory/kratos.yml and --dev; the test runner keeps BASE_URL to itself), else the local one, started for the occasion.
 */
export const external = process.env['KRATOS_PUBLIC_URL'] !== undefined;

const baseUrl = process.env['KRATOS_BASE_URL'] ?? 'http://localhost:3000/.ory/';
export const appUrl = new URL(baseUrl).origin;

export const goodPassword = 'correct-horse-battery';

export interface Instance {
  publicUrl: string;
  adminUrl: string;
  baseUrl: string;
  browser(): Browser;
  admin(path: string, options?: { method?: string; body?: object }): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * A second server for the rows about time. The local one has a clock to put forward; of a real one it
 * takes an instance (KRATOS_SHORT_PUBLIC_URL, KRATOS_SHORT_ADMIN_URL) whose flows last 4 s, its
 * privileged sessions 2 s and its sessions 8 s; `pass` then waits for as long as it takes there.
 */
export const hasClock = !external || process.env['KRATOS_SHORT_PUBLIC_URL'] !== undefined;

export async function startInstanceWithClock() {
  if (!external) {
    let ahead = 0;
    const instance = await startInstance({ clock: () => new Date(Date.now() + ahead) });
    return { instance, pass: async (span: Span) => void (ahead += spans[span].minutes * 60_000) };
  }
  const instance = connect({
    publicUrl: process.env['KRATOS_SHORT_PUBLIC_URL'] ?? '',
    adminUrl: process.env['KRATOS_SHORT_ADMIN_URL'] ?? '',
    stop: async () => {},
  });
  return { instance, pass: (span: Span) => pause(spans[span].seconds * 1000) };
}

// The same moment on either server: past a privileged session, a flow, a session, or nearly so.
const spans = {
  privileged: { minutes: 20, seconds: 2.5 },
  flow: { minutes: 31, seconds: 4.5 },
  session: { minutes: 24 * 60 + 1, seconds: 8.5 },
  restOfSession: { minutes: 24 * 60 - 10, seconds: 6.5 },
};
type Span = keyof typeof spans;
export type Clocked = Awaited<ReturnType<typeof startInstanceWithClock>>;

/**
 * A third server for the forms in two steps, login `identifier_first` and registration `profile_first`.
 * Of a real one it takes an instance with these styles: KRATOS_IDENTIFIER_FIRST_PUBLIC_URL and
 * KRATOS_IDENTIFIER_FIRST_ADMIN_URL.
 */
export const hasTwoSteps =
  !external || process.env['KRATOS_IDENTIFIER_FIRST_PUBLIC_URL'] !== undefined;

export async function startInstanceWithTwoSteps(): Promise<Instance> {
  if (!external) {
    return startInstance({ loginStyle: 'identifier_first', registrationStyle: 'profile_first' });
  }
  return connect({
    publicUrl: process.env['KRATOS_IDENTIFIER_FIRST_PUBLIC_URL'] ?? '',
    adminUrl: process.env['KRATOS_IDENTIFIER_FIRST_ADMIN_URL'] ?? '',
    stop: async () => {},
  });
}

/** A server to hold against the contract; `options` only reach the local one. */
export async function startInstance(
  options: Partial<IdentityServerOptions> = {},
): Promise<Instance> {
  if (!external) return connect(await startIdentityServer({ baseUrl, appUrl, ...options }));
  return connect({
    publicUrl: process.env['KRATOS_PUBLIC_URL'] ?? '',
    adminUrl: process.env['KRATOS_ADMIN_URL'] ?? '',
    stop: async () => {},
  });
}

/** A server for the tests of a file; it is there once they begin. */
export function withInstance(): Instance {
  const instance = {} as Instance;
  beforeAll(async () => void Object.assign(instance, await startInstance()));
  afterAll(() => instance.stop());
  return instance;
}

const connect = (server: IdentityServer): Instance => ({
  ...server,
  baseUrl,
  browser: () => new Browser(server.publicUrl, baseUrl),
  admin: (path, request) => ask(server.adminUrl + path, request),
});

export const newEmail = () => `person-${randomUUID().slice(0, 13)}@example.test`;

/** Begins a flow in JSON. */
export async function begin(browser: Browser, kind: string, query = ''): Promise<JsonValue> {
  return (await browser.ask(`/self-service/${kind}/browser${query}`)).body;
}

/** Submits a flow in JSON with its CSRF token. */
export const submit = (browser: Browser, flow: JsonValue, fields: object): Promise<Answer> =>
  browser.ask(textAt(flow, 'ui.action'), { body: { csrf_token: csrfOf(flow), ...fields } });

/** Submits a flow as a page's form does. */
export const submitForm = (
  browser: Browser,
  flow: JsonValue,
  fields: Record<string, string>,
): Promise<Answer> =>
  browser.ask(textAt(flow, 'ui.action'), {
    accept: 'page',
    body: new URLSearchParams({ csrf_token: csrfOf(flow), ...fields }),
  });

export interface Person {
  id: string;
  email: string;
}

/** An account made by the admin API, with `goodPassword`. */
export async function newPerson(instance: Instance, more: object = {}): Promise<Person> {
  const email = newEmail();
  const { body } = await instance.admin('/admin/identities', {
    body: {
      schema_id: 'person_v1',
      traits: { email, name: { first: 'Pat', last: 'Person' } },
      credentials: { password: { config: { password: goodPassword } } },
      ...more,
    },
  });
  return { id: textAt(body, 'id'), email };
}

/** Signs in with a password; the answer is that of the submission. */
export async function signIn(browser: Browser, email: string, password = goodPassword) {
  const flow = await begin(browser, 'login');
  return submit(browser, flow, { method: 'password', identifier: email, password });
}

/** A new person and a browser they are signed in with. */
export async function signedInPerson(instance: Instance, more: object = {}) {
  const person = await newPerson(instance, more);
  const browser = instance.browser();
  await signIn(browser, person.email);
  return { person, browser };
}

export const whoami = (browser: Browser, headers?: Record<string, string>) =>
  browser.ask('/sessions/whoami', { ...(headers && { headers }) });

/** The six digits mailed last to an address. */
export async function mailedCode(instance: Instance, email: string, kind: string): Promise<string> {
  const { body } = await instance.admin('/admin/courier/messages?page_size=250');
  const mail = listAt(body, '').find(
    (one) =>
      at(one, 'recipient') === email && textAt(one, 'template_type').startsWith(`${kind}_code`),
  );
  return /\b\d{6}\b/.exec(textAt(mail, 'body'))?.[0] ?? 'no mail';
}

export const locationOf = (answer: Answer) => answer.headers.get('location') ?? '';

export const cookieLine = (answer: Answer, name: string) =>
  answer.setCookies.find((line) => line.startsWith(`${name}=`) || line.startsWith(name)) ?? '';
