import { randomUUID } from 'node:crypto';
import { badRequest, conflict, Fault } from './errors.ts';
import { checkTraits, schemaId } from './schema.ts';
import type { Service } from './service.ts';
import type { Identity, IdentityState } from './types.ts';

/** What people sign in with: without case, without blanks around. */
export const normalise = (identifier: string) => identifier.trim().toLowerCase();

export const emailOf = (identity: Pick<Identity, 'traits'>) =>
  normalise(String(identity.traits['email'] ?? ''));

export function findByEmail(service: Service, email: string): Identity | undefined {
  const wanted = normalise(email);
  return [...service.store.identities.values()].find((identity) => emailOf(identity) === wanted);
}

export interface IdentityDraft {
  id?: string;
  traits: Record<string, unknown>;
  state?: IdentityState;
  external_id?: string;
  metadata_public?: unknown;
  metadata_admin?: unknown;
  passwordHash?: string;
  verified?: boolean;
}

/** Throws the 400 or 409 of the admin API where traits or external id cannot be. */
function refuseUnfit(service: Service, draft: IdentityDraft, self?: Identity): void {
  const [problem] = checkTraits(draft.traits);
  if (problem) throw badRequest(`${problem.name}: ${problem.message.text}`);
  const taken = [...service.store.identities.values()].some(
    (other) =>
      other !== self &&
      (emailOf(other) === emailOf(draft) ||
        (draft.external_id !== undefined && other.external_id === draft.external_id)),
  );
  if (taken) throw conflict();
}

/** Keeps the address rows in step with the e-mail trait; a new address is unverified. */
function alignAddresses(service: Service, identity: Identity, verified = false): void {
  const value = emailOf(identity);
  const now = service.now().toISOString();
  const stamps = { created_at: now, updated_at: now };
  if (identity.verifiable_addresses[0]?.value === value) return;
  identity.verifiable_addresses = [
    {
      id: randomUUID(),
      value,
      verified,
      via: 'email',
      status: verified ? 'completed' : 'pending',
      ...(verified && { verified_at: now }),
      ...stamps,
    },
  ];
  identity.recovery_addresses = [{ id: randomUUID(), value, via: 'email', ...stamps }];
  if (identity.password) identity.password.identifiers = [value];
}

/** Sets or replaces the password's hash. */
export function setPassword(service: Service, identity: Identity, hash: string): void {
  const now = service.now().toISOString();
  const created_at = identity.password?.created_at ?? now;
  const identifiers = [emailOf(identity)];
  identity.password = { hash, identifiers, created_at, updated_at: now };
  identity.updated_at = now;
  service.store.changed();
}

/** Adds an identity. Throws 400 for traits the schema refuses, 409 for a taken e-mail. */
export function createIdentity(service: Service, draft: IdentityDraft): Identity {
  refuseUnfit(service, draft);
  const now = service.now().toISOString();
  const identity: Identity = {
    id: draft.id ?? randomUUID(),
    ...(draft.external_id !== undefined && { external_id: draft.external_id }),
    schema_id: schemaId,
    state: draft.state ?? 'active',
    state_changed_at: now,
    traits: draft.traits,
    verifiable_addresses: [],
    recovery_addresses: [],
    metadata_public: draft.metadata_public ?? null,
    metadata_admin: draft.metadata_admin ?? null,
    created_at: now,
    updated_at: now,
  };
  alignAddresses(service, identity, draft.verified);
  if (draft.passwordHash !== undefined) setPassword(service, identity, draft.passwordHash);
  service.store.identities.set(identity.id, identity);
  service.store.changed();
  return identity;
}

/** Changes an identity in place; the keys absent from `change` stay. Throws as `createIdentity`. */
export function changeIdentity(
  service: Service,
  identity: Identity,
  change: Partial<IdentityDraft>,
): void {
  refuseUnfit(service, { ...identity, ...change }, identity);
  const now = service.now().toISOString();
  if (change.state && change.state !== identity.state) identity.state_changed_at = now;
  const { passwordHash, verified: _verified, ...columns } = change;
  Object.assign(identity, columns, { updated_at: now });
  if (identity.external_id === undefined) delete identity.external_id;
  alignAddresses(service, identity);
  if (passwordHash !== undefined) setPassword(service, identity, passwordHash);
  service.store.changed();
}

/** Marks the address verified, if it is still this identity's. */
export function verifyAddress(service: Service, identity: Identity, value: string): void {
  const now = service.now().toISOString();
  for (const address of identity.verifiable_addresses) {
    if (address.value !== value || address.verified) continue;
    Object.assign(address, { verified: true, status: 'completed', verified_at: now });
    address.updated_at = now;
  }
  service.store.changed();
}

export function deleteIdentity(service: Service, identity: Identity): void {
  service.store.identities.delete(identity.id);
  for (const session of [...service.store.sessions.values()]) {
    if (session.identity_id === identity.id) service.store.sessions.delete(session.id);
  }
  service.store.changed();
}

/** 400 unless it is `active`, `inactive` or absent. */
export function readState(state: unknown): IdentityState | undefined {
  if (state === undefined || state === '') return undefined;
  if (state === 'active' || state === 'inactive') return state;
  throw new Fault(400, 'identity state is not valid', {
    reason: `A state is 'active' or 'inactive', not '${String(state)}'.`,
  });
}
