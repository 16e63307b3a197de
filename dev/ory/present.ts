import { schemaId } from './schema.ts';
import { publicUrl, type Service } from './service.ts';
import { isAlive, levelOf } from './sessions.ts';
import type { Flow, Identity, Session } from './types.ts';

/** The JSON the outside sees. Passwords, tokens and codes never pass here. */

export function presentIdentity(service: Service, identity: Identity) {
  const { password: _password, metadata_admin: _admin, ...rest } = identity;
  const { totp: _totp, lookup_secret: _codes, ...visible } = rest;
  const schema = Buffer.from(schemaId).toString('base64url');
  return {
    ...visible,
    schema_url: publicUrl(service, `schemas/${schema}`),
    organization_id: null,
  };
}

function presentCredentials({ password }: Identity) {
  if (!password) return {};
  const { identifiers, created_at, updated_at } = password;
  return { password: { type: 'password', identifiers, version: 0, created_at, updated_at } };
}

/** For administrators: `metadata_admin`, and which credentials there are where asked for. */
export function presentForAdmin(service: Service, identity: Identity, withCredentials = true) {
  return {
    ...presentIdentity(service, identity),
    ...(withCredentials && { credentials: presentCredentials(identity) }),
    metadata_admin: identity.metadata_admin,
  };
}

export interface SessionParts {
  identity: boolean;
  devices: boolean;
}

export function presentSession(
  service: Service,
  session: Session,
  parts: SessionParts = { identity: true, devices: true },
) {
  const { token: _token, logout_token: _logout, identity_id, devices, ...visible } = session;
  const identity = service.store.identities.get(identity_id);
  return {
    ...visible,
    active: isAlive(service, session),
    authenticator_assurance_level: levelOf(session),
    identity: parts.identity && identity ? presentIdentity(service, identity) : null,
    devices: parts.devices ? devices : [],
  };
}

export function presentFlow(service: Service, flow: Flow) {
  const identity = flow.identity_id && service.store.identities.get(flow.identity_id);
  return {
    id: flow.id,
    type: flow.type,
    expires_at: flow.expires_at,
    issued_at: flow.issued_at,
    request_url: flow.request_url,
    ...(flow.return_to !== undefined && { return_to: flow.return_to }),
    ...(flow.active !== undefined && { active: flow.active }),
    ui: {
      action: flow.ui.action,
      method: flow.ui.method,
      nodes: flow.ui.nodes,
      ...(flow.ui.messages.length > 0 && { messages: flow.ui.messages }),
    },
    ...(flow.kind === 'login' && {
      organization_id: null,
      created_at: flow.created_at,
      updated_at: flow.updated_at,
      refresh: flow.refresh ?? false,
      requested_aal: flow.requested_aal,
    }),
    ...(flow.kind === 'registration' && { organization_id: null }),
    ...(flow.kind === 'settings' && identity && { identity: presentIdentity(service, identity) }),
    state: flow.state,
  };
}
