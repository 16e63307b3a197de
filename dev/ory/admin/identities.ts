import { badRequest, Fault, notFound } from '../errors.ts';
import { isUuid } from '../flows/flow.ts';
import { empty, json, type Exchange, type Reply } from '../http.ts';
import {
  changeIdentity,
  createIdentity,
  deleteIdentity,
  emailOf,
  findByEmail,
  readState,
  type IdentityDraft,
} from '../identities.ts';
import { hashPassword, isReadableHash } from '../passwords.ts';
import { presentForAdmin } from '../present.ts';
import { isRecord, schemaId } from '../schema.ts';
import type { Identity } from '../types.ts';
import { patched } from './json-patch.ts';
import { pageOf } from './paging.ts';

const writableKeys = [
  'schema_id',
  'traits',
  'state',
  'external_id',
  'metadata_public',
  'metadata_admin',
  'credentials',
  'verifiable_addresses',
  'recovery_addresses',
  'organization_id',
];

/** The identity a path names. Throws 404, for what is no UUID too. */
function named({ service, params }: Exchange): Identity {
  const identity = service.store.identities.get(params['id'] ?? '');
  if (!identity) throw notFound();
  return identity;
}

async function readHash(credentials: unknown): Promise<string | undefined> {
  const password = isRecord(credentials) ? credentials['password'] : undefined;
  const config = isRecord(password) ? password['config'] : undefined;
  if (!isRecord(config)) return undefined;
  const { hashed_password: imported, password: clear } = config;
  if (typeof imported === 'string' && imported !== '') {
    if (isReadableHash(imported)) return imported;
    throw badRequest('Not a known hash format: the local identity server reads argon2 only.');
  }
  return typeof clear === 'string' && clear !== '' ? hashPassword(clear) : undefined;
}

/** A body of POST or PUT as a draft. Throws 400 for unknown keys, schema or state. */
async function readDraft(body: unknown): Promise<IdentityDraft> {
  if (!isRecord(body)) throw badRequest('The body has to be a JSON object.');
  const unknown = Object.keys(body).find((key) => !writableKeys.includes(key));
  if (unknown !== undefined) throw new Fault(400, `json: unknown field "${unknown}"`);
  const wanted = body['schema_id'] || schemaId;
  if (wanted !== schemaId) throw badRequest(`Unable to find JSON Schema ID: ${String(wanted)}`);
  const { traits, external_id } = body;
  const state = readState(body['state']);
  const passwordHash = await readHash(body['credentials']);
  return {
    traits: isRecord(traits) ? traits : {},
    ...(state && { state }),
    ...(typeof external_id === 'string' && external_id !== '' && { external_id }),
    metadata_public: body['metadata_public'] ?? null,
    metadata_admin: body['metadata_admin'] ?? null,
    ...(passwordHash !== undefined && { passwordHash }),
    verified: claimsVerified(body['verifiable_addresses'], traits),
  };
}

function claimsVerified(addresses: unknown, traits: unknown): boolean {
  const email = emailOf({ traits: isRecord(traits) ? traits : {} });
  return (
    Array.isArray(addresses) &&
    addresses.some((one) => isRecord(one) && one['value'] === email && one['verified'] === true)
  );
}

/** POST /admin/identities. The password policy does not apply to administrators. */
export async function postIdentity(exchange: Exchange): Promise<Reply> {
  const { service } = exchange;
  const identity = createIdentity(service, await readDraft(await exchange.jsonBody()));
  return json(201, presentForAdmin(service, identity), {
    Location: `${service.adminUrl}/identities/${identity.id}`,
  });
}

/** GET /admin/identities: all by page, or those one filter names. */
export function listIdentities(exchange: Exchange): Reply {
  const { service, url } = exchange;
  const email = exchange.query('credentials_identifier');
  const like = exchange.query('preview_credentials_identifier_similar')?.toLowerCase();
  const ids = url.searchParams.getAll('ids').flatMap((value) => value.split(','));
  const filters = [email !== undefined, like !== undefined, ids.length > 0].filter(Boolean);
  if (filters.length > 1) throw badRequest('You cannot combine multiple filters in this API');
  const badId = ids.find((id) => !isUuid(id));
  if (badId !== undefined) throw badRequest(`${badId} is not a UUID.`);
  let found = [...service.store.identities.values()];
  if (ids.length > 0) found = found.filter((identity) => ids.includes(identity.id));
  if (like !== undefined) found = found.filter((identity) => emailOf(identity).includes(like));
  if (email !== undefined) found = found.filter((one) => one === findByEmail(service, email));
  const withCredentials =
    email !== undefined || like !== undefined || url.searchParams.has('include_credential');
  const { rows, link } = pageOf(exchange, found, (identity) => identity.id);
  return json(
    200,
    rows.map((identity) => presentForAdmin(service, identity, withCredentials)),
    { Link: link },
  );
}

export const getIdentity = (exchange: Exchange): Reply =>
  json(200, presentForAdmin(exchange.service, named(exchange)));

/** GET /admin/identities/by/external/{externalId} */
export function getByExternalId({ service, params }: Exchange): Reply {
  const identity = [...service.store.identities.values()].find(
    (one) => one.external_id !== undefined && one.external_id === params['externalId'],
  );
  if (!identity) throw notFound();
  return json(200, presentForAdmin(service, identity));
}

/** PUT /admin/identities/{id}: what the body leaves out is emptied. */
export async function putIdentity(exchange: Exchange): Promise<Reply> {
  const identity = named(exchange);
  const draft = await readDraft(await exchange.jsonBody());
  changeIdentity(exchange.service, identity, { external_id: undefined, ...draft });
  return json(200, presentForAdmin(exchange.service, identity));
}

/** PATCH /admin/identities/{id}: a JSON patch. */
export async function patchIdentity(exchange: Exchange): Promise<Reply> {
  const identity = named(exchange);
  const { traits, state, external_id, metadata_public, metadata_admin } = identity;
  const before = { traits, state, external_id, metadata_public, metadata_admin };
  const after = patched(before, await exchange.jsonBody());
  const externalId = after['external_id'];
  changeIdentity(exchange.service, identity, {
    traits: isRecord(after['traits']) ? after['traits'] : {},
    state: readState(after['state']) ?? identity.state,
    external_id: typeof externalId === 'string' && externalId ? externalId : undefined,
    metadata_public: after['metadata_public'] ?? null,
    metadata_admin: after['metadata_admin'] ?? null,
  });
  return json(200, presentForAdmin(exchange.service, identity));
}

export function removeIdentity(exchange: Exchange): Reply {
  deleteIdentity(exchange.service, named(exchange));
  return empty();
}
