import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adminPath } from './admin/paths.ts';
import { Fault } from './errors.ts';
import { Exchange, faultReply, redirect, send, type Reply } from './http.ts';
import { createIdentity, findByEmail } from './identities.ts';
import { hashPassword } from './passwords.ts';
import { adminRoutes, findRoute, publicRoutes, type Route } from './routes.ts';
import { pageUrl, type Service } from './service.ts';
import { Store } from './store.ts';
import type { SeedIdentity } from './types.ts';

export type { SeedIdentity } from './types.ts';

export interface IdentityServer {
  /** The public API, `http://127.0.0.1:PORT` without a slash at the end. */
  publicUrl: string;
  /** The admin API, likewise. It asks nobody who they are. */
  adminUrl: string;
  stop(): Promise<void>;
}

export interface IdentityServerOptions {
  /** What the browser sees of the public API, such as `http://localhost:3000/.ory/`. */
  baseUrl: string;
  /** The app whose pages the flows are shown on, such as `http://localhost:3000`. */
  appUrl: string;
  /** JSON file for identities, sessions and the secret; without it all is forgotten at the end. */
  dataFile?: string;
  publicPort?: number;
  adminPort?: number;
  /** Seals the session cookies; else the one in the file, else a random one. */
  secret?: string;
  /** How long a session lasts: 86,400 s. */
  sessionSeconds?: number;
  /** How long a form may lie open: 1,800 s. */
  flowSeconds?: number;
  /** How long after signing in password and address may be changed: 900 s. */
  privilegedSeconds?: number;
  clock?: () => Date;
  /** `identifier_first` asks for the address alone before the password: `unified`. */
  loginStyle?: Service['styles']['login'];
  /** `profile_first` asks who somebody is before the password: `unified`. */
  registrationStyle?: Service['styles']['registration'];
  seed?: SeedIdentity[];
  log?: (line: string) => void;
  deliver?: Service['deliver'];
}

const neverCached = 'private, no-cache, no-store, must-revalidate';

/**
 * Starts a stand-in for Ory Kratos on two loopback ports, for development and tests. Throws where
 * `NODE_ENV` is `production`: it prints one-time codes and guards nothing.
 */
export async function startIdentityServer(options: IdentityServerOptions): Promise<IdentityServer> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error('The local identity server is not for production; set ORY_PUBLIC_URL.');
  }
  const store = new Store(options.dataFile, options.secret);
  const service = serviceOf(options, store);
  const admin = listener(service, adminRoutes, false);
  const open = listener(service, publicRoutes, true);
  service.adminUrl = await listen(admin, options.adminPort);
  const publicUrl = await listen(open, options.publicPort);
  forgetOldSessions(service);
  await plant(service, options.seed ?? []);
  return {
    publicUrl,
    adminUrl: service.adminUrl,
    stop: async () => {
      await Promise.all([close(open), close(admin)]);
      store.flush();
    },
  };
}

function serviceOf(options: IdentityServerOptions, store: Store): Service {
  const app = (path: string) => new URL(path, options.appUrl).toString();
  return {
    store,
    baseUrl: options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`,
    adminUrl: '',
    ui: {
      login: app('/login'),
      registration: app('/registration'),
      settings: app('/settings'),
      recovery: app('/recovery'),
      verification: app('/verification'),
      error: app('/error'),
      home: app('/'),
    },
    seconds: {
      session: options.sessionSeconds ?? 86_400,
      flow: options.flowSeconds ?? 1_800,
      privileged: options.privilegedSeconds ?? 900,
      code: 900,
    },
    styles: {
      login: options.loginStyle ?? 'unified',
      registration: options.registrationStyle ?? 'unified',
    },
    now: options.clock ?? (() => new Date()),
    log: options.log ?? (() => {}),
    deliver: options.deliver ?? (() => {}),
  };
}

// Kept a week past their end, as somebody may still ask the admin API about them.
function forgetOldSessions({ store, now }: Service): void {
  const limit = now().getTime() - 7 * 86_400_000;
  for (const { id, expires_at } of [...store.sessions.values()]) {
    if (Date.parse(expires_at) < limit) store.sessions.delete(id);
  }
}

/** Adds the sample accounts that are not there yet; hashing happens once, at their first start. */
async function plant(service: Service, seed: SeedIdentity[]): Promise<void> {
  const absent = seed.filter((one) => !findByEmail(service, one.email));
  const hashes = await Promise.all(absent.map(({ password }) => hashPassword(password)));
  for (const [index, { id, email, name, verified }] of absent.entries()) {
    createIdentity(service, {
      ...(id !== undefined && { id }),
      traits: { email, name },
      verified,
      passwordHash: hashes[index],
    });
  }
}

function listener(service: Service, routes: Route[], isPublic: boolean): Server {
  return createServer((request, response) => {
    answer(service, routes, isPublic, request, response).catch((error: unknown) => {
      service.log(`The identity server failed: ${String(error)}`);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
}

async function answer(
  service: Service,
  routes: Route[],
  isPublic: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = new Exchange(service, request);
  const { pathname } = exchange.url;
  const path = isPublic ? pathname : adminPath(pathname);
  const { found, methods } = findRoute(routes, exchange.method, path);
  if (exchange.method === 'GET' || exchange.method === 'HEAD') {
    response.setHeader('Cache-Control', neverCached);
  }
  if (isPublic && !path.startsWith('/health/')) response.setHeader('Vary', 'Cookie');
  if (!found) return send(exchange, response, strayReply(methods));
  exchange.params = found.params;
  if (found.route.csrf) exchange.ensureCsrf();
  send(exchange, response, await handled(exchange, found.route));
}

function strayReply(methods: string[]): Reply {
  if (methods.length === 0) return { status: 404, text: '404 page not found\n' };
  const headers = { Allow: methods.join(', ') };
  return { status: 405, text: 'Method Not Allowed\n', headers };
}

async function handled(exchange: Exchange, route: Route): Promise<Reply> {
  try {
    return await route.handle(exchange);
  } catch (error) {
    const fault = error instanceof Fault ? error : unforeseen(exchange.service, error);
    const onPage = route.page && !exchange.wantsJson;
    return onPage ? redirect(errorPage(exchange.service, fault)) : faultReply(fault);
  }
}

function unforeseen(service: Service, error: unknown): Fault {
  service.log(`The identity server failed: ${error instanceof Error ? error.stack : error}`);
  return new Fault(500, 'Something went wrong inside the identity server');
}

/** Keeps the error for the error page, which is told its id. */
function errorPage(service: Service, fault: Fault): string {
  const id = randomUUID();
  const now = service.now().toISOString();
  service.store.errors.set(id, { id, error: fault.body, created_at: now, updated_at: now });
  return pageUrl(service.ui.error, { id });
}

/** Loopback only, whatever the machine's interfaces are. */
async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
