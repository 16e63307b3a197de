import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CrmError } from './errors.ts';
import { json, type Reply } from './reply.ts';

export interface Credentials {
  username: string;
  password: string;
  clientId: string;
  clientSecret: string;
  tokenSeconds: number;
}

const scope = 'urn:opc:resource:consumer::all';

/** Who may call: one integration user by password, one client application by token. */
export class Gate {
  private readonly credentials: Credentials;
  private readonly now: () => number;
  private readonly tokens = new Map<string, number>();

  constructor(credentials: Credentials, now: () => number) {
    this.credentials = credentials;
    this.now = now;
  }

  /** Lets a request through, or throws the 401 the CRM answers. */
  check(authorization: string | undefined): void {
    const [kind, value = ''] = (authorization ?? '').split(' ');
    const { username, password } = this.credentials;
    if (kind?.toLowerCase() === 'basic' && same(decode(value), `${username}:${password}`)) return;
    if (kind?.toLowerCase() === 'bearer') {
      if ((this.tokens.get(value) ?? 0) > this.now()) return;
      throw unauthorized('Bearer error="invalid_token"');
    }
    throw unauthorized('Basic realm="crm"');
  }

  /** Answers the token endpoint: `client_credentials` only. */
  token(authorization: string | undefined, body: string): Reply {
    const form = new URLSearchParams(body);
    const [kind, value = ''] = (authorization ?? '').split(' ');
    const given =
      kind?.toLowerCase() === 'basic'
        ? decode(value)
        : `${form.get('client_id')}:${form.get('client_secret')}`;
    const { clientId, clientSecret, tokenSeconds } = this.credentials;
    if (!same(given, `${clientId}:${clientSecret}`)) {
      return refusal(401, 'invalid_client', 'Client authentication failed.');
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return refusal(400, 'unsupported_grant_type', 'Only client_credentials is granted.');
    }
    if (
      !form
        .get('scope')
        ?.split(' ')
        .some((one) => one.endsWith(scope))
    ) {
      return refusal(400, 'invalid_scope', 'The scope is invalid or unknown.');
    }
    const token = randomBytes(24).toString('base64url');
    this.tokens.set(token, this.now() + tokenSeconds * 1000);
    return json(
      200,
      JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: tokenSeconds }),
      { 'Cache-Control': 'no-store' },
    );
  }

  /** Makes every token handed out so far worthless. */
  revokeAll(): void {
    this.tokens.clear();
  }
}

function unauthorized(challenge: string): CrmError {
  return new CrmError(401, '', { headers: { 'WWW-Authenticate': challenge } });
}

function refusal(status: number, error: string, description: string): Reply {
  return json(status, JSON.stringify({ error, error_description: description }));
}

function decode(value: string): string {
  return Buffer.from(value, 'base64').toString('utf8');
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
