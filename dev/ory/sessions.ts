import { randomBytes, randomUUID } from 'node:crypto';
import { clearCookie, open, seal, sessionCookieName, setCookie } from './cookies.ts';
import { disabledIdentity, secondFactorDue } from './errors.ts';
import type { Exchange } from './http.ts';
import { hasSecondFactor } from './second-factor.ts';
import { after, isPast, publicUrl, type Service } from './service.ts';
import type { AuthenticationMethod, Device, Identity, Session } from './types.ts';

const token = (prefix: string) => `${prefix}${randomBytes(24).toString('base64url')}`;

export interface SignedIn {
  session: Session;
  identity: Identity;
}

/** Whether a session lets its owner in now: not revoked, not expired, and the owner not disabled. */
export function isAlive(service: Service, session: Session): boolean {
  const owner = service.store.identities.get(session.identity_id);
  return session.active && !isPast(service, session.expires_at) && owner?.state === 'active';
}

function bearer(header: string | undefined): string | undefined {
  const found = /^bearer (ory_st_\S+)$/i.exec(header ?? '');
  return found?.[1];
}

/** Who asks: by X-Session-Token, else by the session cookie, else by a bearer token. */
export function signedIn(exchange: Exchange): SignedIn | undefined {
  const { service, headers, cookies } = exchange;
  const sealed = open(cookies.get(sessionCookieName), service.store.secret);
  const given =
    headers['x-session-token'] ?? sealed?.token ?? bearer(headers.authorization) ?? undefined;
  if (given === undefined) return undefined;
  const session = [...service.store.sessions.values()].find((one) => one.token === given);
  if (!session || !isAlive(service, session)) return undefined;
  const identity = service.store.identities.get(session.identity_id);
  return identity && { session, identity };
}

function deviceOf(exchange: Exchange): Device {
  const forwarded = exchange.header('x-forwarded-for')?.split(',')[0]?.trim();
  return {
    id: randomUUID(),
    ip_address: forwarded || exchange.remoteAddress,
    user_agent: exchange.header('user-agent') ?? '',
    location: '',
  };
}

/**
 * Signs an identity in. `renew` is the session of a person who signed in again: it keeps its id and
 * starts its time afresh. Throws 401 for a disabled identity.
 */
export function startSession(
  exchange: Exchange,
  identity: Identity,
  method: AuthenticationMethod['method'],
  renew?: Session,
): Session {
  const { service } = exchange;
  if (identity.state !== 'active') throw disabledIdentity(identity.id);
  const now = service.now().toISOString();
  const session: Session = renew ?? {
    id: randomUUID(),
    token: token('ory_st_'),
    logout_token: token('ory_lo_'),
    identity_id: identity.id,
    active: true,
    expires_at: now,
    authenticated_at: now,
    issued_at: now,
    authentication_methods: [],
    devices: [],
  };
  session.authenticated_at = now;
  session.expires_at = after(service, service.seconds.session);
  const aal = method === 'totp' || method === 'lookup_secret' ? 'aal2' : 'aal1';
  session.authentication_methods.push({ method, aal, completed_at: now });
  if (aal === 'aal1') session.devices.push(deviceOf(exchange));
  service.store.sessions.set(session.id, session);
  service.store.changed();
  return session;
}

/** The assurance a session has reached. */
export function levelOf(session: Session): 'aal1' | 'aal2' {
  return session.authentication_methods.some(({ aal }) => aal === 'aal2') ? 'aal2' : 'aal1';
}

/** Whether its owner has a second factor and has not used it in this session. */
export function lacksSecondFactor({ session, identity }: SignedIn): boolean {
  return hasSecondFactor(identity) && levelOf(session) === 'aal1';
}

/** Where a browser goes for its second factor. */
export function secondFactorUrl(service: Service, returnTo?: string): string {
  const query = { aal: 'aal2', ...(returnTo !== undefined && { return_to: returnTo }) };
  return publicUrl(service, 'self-service/login/browser', query);
}

/** Throws 403 where the session has yet to pass its second factor. */
export function requireHighest(exchange: Exchange, who: SignedIn, returnTo?: string): void {
  if (lacksSecondFactor(who)) throw secondFactorDue(secondFactorUrl(exchange.service, returnTo));
}

/** Hands the browser its session cookie, lasting as long as the session. */
export function setSessionCookie(exchange: Exchange, session: Session): void {
  const { service } = exchange;
  const { token: secret, expires_at } = session;
  const left = Math.floor((Date.parse(expires_at) - service.now().getTime()) / 1000);
  const value = seal({ token: secret, expires_at }, service.store.secret);
  const options = { maxAge: Math.max(left, 1), expires: new Date(expires_at) };
  exchange.setCookie(sessionCookieName, setCookie(sessionCookieName, value, options));
}

/** Renews a cookie that says an earlier end than the session has, as after an extension. */
export function refreshStaleCookie(exchange: Exchange, session: Session): void {
  const { service, cookies } = exchange;
  const sealed = open(cookies.get(sessionCookieName), service.store.secret);
  if (sealed?.token === session.token && sealed.expires_at < session.expires_at) {
    setSessionCookie(exchange, session);
  }
}

export function clearSessionCookie(exchange: Exchange): void {
  exchange.setCookie(sessionCookieName, clearCookie(sessionCookieName));
}

/** Ends sessions of an identity but the one kept; answers how many there were. */
export function revokeOthers(service: Service, identityId: string, keep?: Session): number {
  const others = [...service.store.sessions.values()].filter(
    (session) =>
      session.identity_id === identityId && session !== keep && isAlive(service, session),
  );
  for (const session of others) session.active = false;
  service.store.changed();
  return others.length;
}
