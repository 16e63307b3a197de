import { z } from 'zod';
import type { Credentials } from './config.ts';
import { faultOfStatus, OracleError } from './errors.ts';
import { exchange } from './transport.ts';

export interface Authorization {
  /** The value of the Authorization header. */
  header(signal: AbortSignal): Promise<string>;
  /** After a 401 to `header`: true where a fresh token may help, so the call deserves one more try. */
  renew(header: string): boolean;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().default(3600),
});
const tokenError = z.object({ error: z.string(), error_description: z.string().optional() });

/** A token is fetched anew this long before it ends, so that none ends on its way to the CRM. */
const earlyMs = 60_000;

export function createAuthorization(credentials: Credentials, timeoutMs: number): Authorization {
  if (credentials.kind === 'basic') {
    const header = basic(credentials.username, credentials.password);
    return { header: async () => header, renew: () => false };
  }
  let token: { value: string; until: number } | null = null;
  let minting: Minting | null = null;
  const mint = async (signal: AbortSignal) => {
    const answer = await requestToken(credentials, timeoutMs, signal);
    const lifeMs = answer.expires_in * 1000;
    token = {
      value: answer.access_token,
      until: Date.now() + Math.max(lifeMs - earlyMs, lifeMs / 2),
    };
    return token.value;
  };
  const begin = () => {
    const nobody = new AbortController();
    const begun: Minting = { waiting: 0, nobody, token: mint(nobody.signal).finally(over) };
    function over() {
      if (minting === begun) minting = null;
    }
    return begun;
  };
  return {
    async header(signal) {
      signal.throwIfAborted();
      if (token && token.until > Date.now()) return `Bearer ${token.value}`;
      // Whoever comes while a token is on its way waits for the same one, each as long as they care to.
      const shared = (minting ??= begin());
      shared.waiting += 1;
      try {
        return `Bearer ${await unlessAborted(shared.token, signal)}`;
      } finally {
        shared.waiting -= 1;
        if (shared.waiting === 0 && minting === shared) {
          minting = null;
          shared.nobody.abort();
        }
      }
    },
    renew(header) {
      // By the time a 401 is here, another call may have fetched the next token.
      if (token && header === `Bearer ${token.value}`) token = null;
      return true;
    },
  };
}

/** A token on its way, for all who wait for it; nobody's once the last has gone. */
interface Minting {
  token: Promise<string>;
  waiting: number;
  nobody: AbortController;
}

/** The promise, or the signal's reason where that comes first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    const done = () => signal.removeEventListener('abort', stop);
    promise.finally(done).then(resolve, reject);
  });
}

type OAuth = Extract<Credentials, { kind: 'oauth' }>;

async function requestToken(credentials: OAuth, timeoutMs: number, signal: AbortSignal) {
  const answer = await exchange({
    url: credentials.tokenUrl,
    headers: {
      authorization: basic(
        encodeURIComponent(credentials.clientId),
        encodeURIComponent(credentials.clientSecret),
      ),
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: credentials.scope }),
    timeoutMs,
    signal,
  });
  if (answer.status === 400 || answer.status === 401) {
    throw new OracleError(
      'credentials',
      `The token server refused our OAuth client${reason(answer.text)}.`,
    );
  }
  const fault = faultOfStatus(answer.status, null);
  if (fault) throw new OracleError(fault.fault, `No OAuth token: ${fault.message}`, answer);
  const parsed = tokenAnswer.safeParse(parseJson(answer.text));
  if (parsed.success) return parsed.data;
  throw new OracleError(
    'unexpected-body',
    'The token server answered with something that is no token.',
  );
}

function reason(text: string): string {
  const parsed = tokenError.safeParse(parseJson(text));
  if (!parsed.success) return '';
  const { error, error_description: description } = parsed.data;
  return ` (${description ? `${error}: ${description}` : error})`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function basic(name: string, secret: string): string {
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
}
