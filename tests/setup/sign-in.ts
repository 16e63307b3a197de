import { samplePassword } from '#dev/ory/sample-accounts.ts';

/** The cookies a browser would keep for one site, by name. */
export class CookieJar {
  private readonly cookies = new Map<string, string>();

  /** Keeps what a response sets and forgets what it ends. */
  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      if (/max-age=0(;|$)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(at + 1));
    }
  }

  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  has(name: string): boolean {
    return this.cookies.has(name);
  }
}

/** A browser without a screen: keeps cookies, shows its navigations as such, follows no redirect. */
export class Visitor {
  readonly jar = new CookieJar();
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    if (init.method && init.method !== 'GET') headers.set('Origin', this.url);
    if (this.jar.header) headers.set('Cookie', this.jar.header);
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    const response = await fetch(new URL(path, this.url), { redirect: 'manual', ...init, headers });
    this.jar.take(response);
    return response;
  }

  /** Follows redirects to where a browser would end up. */
  async visit(path: string): Promise<{ response: Response; path: string }> {
    let at = path;
    for (let hops = 0; hops < 10; hops++) {
      const response = await this.fetch(at);
      const location = response.headers.get('Location');
      if (!location) return { response, path: at };
      const target = new URL(location, this.url);
      if (target.origin !== this.url) return { response, path: target.href };
      at = target.pathname + target.search;
    }
    throw new Error(`${path} redirects for ever, lately to ${at}`);
  }

  /** Fills in and sends the form of a flow that the page at `path` shows. */
  async submitFlow(
    kind: 'login' | 'registration' | 'settings' | 'recovery' | 'verification',
    path: string,
    fields: Record<string, string>,
  ): Promise<Response> {
    const id = new URL(path, this.url).searchParams.get('flow');
    const answer = await this.fetch(`/.ory/self-service/${kind}/flows?id=${id}`, {
      headers: { Accept: 'application/json' },
    });
    const flow = (await answer.json()) as {
      ui: { action: string; nodes: { attributes: { name: string; value?: string } }[] };
    };
    const csrf = flow.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token');
    const body = new URLSearchParams({
      method: 'password',
      ...fields,
      csrf_token: csrf?.attributes.value ?? '',
    });
    return this.fetch(flow.ui.action, { method: 'POST', body });
  }
}

/** Signs in as a person would, form and redirects and all, and returns the cookies kept. */
export async function signInThrough(
  url: string,
  email: string,
  password = samplePassword,
): Promise<{ cookie: string; visitor: Visitor }> {
  const visitor = new Visitor(url);
  const { path } = await visitor.visit('/login');
  const answer = await visitor.submitFlow('login', path, { identifier: email, password });
  if (!visitor.jar.has('ory_kratos_session')) {
    throw new Error(
      `${email} was not signed in: ${answer.status} ${answer.headers.get('Location')}`,
    );
  }
  return { cookie: visitor.jar.header, visitor };
}
