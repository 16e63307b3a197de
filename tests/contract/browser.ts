import type { JsonValue } from './json.ts';

/** What a navigation sends, and what a script sends. */
export const accepts = {
  page: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  json: 'application/json',
  anything: '*/*',
};

export interface Answer {
  status: number;
  headers: Headers;
  setCookies: string[];
  text: string;
  /** The body where it is JSON, else null. */
  body: JsonValue;
}

export interface Ask {
  accept?: keyof typeof accepts;
  method?: string;
  /** An object is sent as JSON, search parameters as a form. */
  body?: object | URLSearchParams;
  headers?: Record<string, string>;
}

/** A request without following redirects. */
export async function ask(url: string, options: Ask = {}): Promise<Answer> {
  const { accept = 'json', body, headers = {} } = options;
  const form = body instanceof URLSearchParams;
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const response = await fetch(url, {
    method: options.method ?? (body ? 'POST' : 'GET'),
    redirect: 'manual',
    headers: { Accept: accepts[accept], ...(body && { 'Content-Type': type }), ...headers },
    ...(body && { body: form ? body.toString() : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    setCookies: response.headers.getSetCookie(),
    text,
    body: isJson && text ? (JSON.parse(text) as JsonValue) : null,
  };
}

/** Keeps cookies between requests, as one browser does. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #publicUrl: string;
  readonly #baseUrl: string;

  /** `baseUrl` is what the flows' URLs begin with; they are asked for at `publicUrl`. */
  constructor(publicUrl: string, baseUrl: string) {
    this.#publicUrl = publicUrl;
    this.#baseUrl = baseUrl;
  }

  async ask(url: string, options: Ask = {}): Promise<Answer> {
    const path = url.startsWith(this.#baseUrl) ? `/${url.slice(this.#baseUrl.length)}` : url;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie && { Cookie: cookie }), ...options.headers };
    const answer = await ask(this.#publicUrl + path, { ...options, headers });
    for (const line of answer.setCookies) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const pair = line.split(';')[0] ?? '';
    const at = pair.indexOf('=');
    if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
