import { Configuration, IdentityApi } from '@ory/client';
import { z } from 'zod';
import { identityOf, identitySchema, type Identity } from '#app/domain/identity.ts';
import { env } from './env.server.ts';
import { failureOf, type Failure } from './ory-failure.server.ts';

/** The identity server's admin API, from server to server: no redirect is followed, nothing waits long. */
const admin = new IdentityApi(
  new Configuration({
    basePath: env.ORY_ADMIN_URL,
    accessToken: env.ORY_API_KEY,
    baseOptions: { timeout: 5000, maxRedirects: 0 },
  }),
);

export type Answer<T> = { ok: true; value: T } | Failure;

/** An identity with what only the admin API tells of it. */
export interface KnownIdentity extends Identity {
  active: boolean;
  /** Whether BQS made it for somebody it invited. */
  invited: boolean;
}

/** Written by us into what the person can neither see nor change. */
const mark = { invited_through: 'bqs' };

const knownSchema = identitySchema.extend({
  state: z.string().nullish(),
  metadata_admin: z.unknown(),
});
const waySchema = z.object({
  recovery_link: z.url(),
  recovery_code: z.string().min(4),
  expires_at: z.coerce.date(),
});
const invitedSchema = z.object({ invited_through: z.literal(mark.invited_through) });

/** Makes an identity without a password. 409 where the address is somebody's already. */
export async function createIdentity(person: {
  email: string;
  name: { first: string; last: string };
}): Promise<Answer<KnownIdentity>> {
  return read(knownSchema.transform(toKnown), () =>
    admin.createIdentity({
      createIdentityBody: {
        // The server's default schema; on Ory Network its id is a hash that nobody knows beforehand.
        schema_id: '',
        traits: { email: person.email, name: person.name },
        metadata_admin: mark,
      },
    }),
  );
}

/** The identity that signs in with this address; null where there is none. */
export async function findIdentityByEmail(email: string): Promise<Answer<KnownIdentity | null>> {
  const found = await read(z.array(knownSchema), () =>
    admin.listIdentities({ credentialsIdentifier: email }),
  );
  return found.ok ? { ok: true, value: found.value[0] ? toKnown(found.value[0]) : null } : found;
}

/** One identity; null where the server says that it is not there, which no outage says. */
export async function getIdentity(id: string): Promise<Answer<KnownIdentity | null>> {
  const found = await read(knownSchema.transform(toKnown), () => admin.getIdentity({ id }));
  return !found.ok && found.status === 404 ? { ok: true, value: null } : found;
}

/** A page of all identities, and the token of the next one. */
export async function listIdentities(
  pageToken: string | null,
): Promise<Answer<{ identities: KnownIdentity[]; next: string | null }>> {
  try {
    const { data, headers } = await admin.listIdentities({
      pageSize: 250,
      pageToken: pageToken ?? undefined,
    });
    const parsed = z.array(knownSchema).safeParse(data);
    if (!parsed.success) return unreadable;
    const link: unknown = headers.link;
    return {
      ok: true,
      value: { identities: parsed.data.map(toKnown), next: nextToken(String(link ?? '')) },
    };
  } catch (error) {
    return failureOf(error);
  }
}

/** Lets an identity sign in, or no longer. 404 where it is gone. */
export async function setIdentityState(
  id: string,
  state: 'active' | 'inactive',
): Promise<Answer<unknown>> {
  const jsonPatch = [{ op: 'replace' as const, path: '/state', value: state }];
  return read(z.unknown(), () => admin.patchIdentity({ id, jsonPatch }));
}

/** Ends every session of an identity. One that has none is as good. */
export async function endSessions(id: string): Promise<Answer<unknown>> {
  const ended = await read(z.unknown(), () => admin.deleteIdentitySessions({ id }));
  return !ended.ok && ended.status === 404 ? { ok: true, value: null } : ended;
}

/** Takes an identity back that was just made. */
export async function deleteIdentity(id: string): Promise<Answer<unknown>> {
  return read(z.unknown(), () => admin.deleteIdentity({ id }));
}

/** What lets somebody in once: the flow of a page of ours and its code, both as good as a password. */
export async function createRecoveryCode(
  id: string,
): Promise<Answer<{ flow: string; code: string; expiresAt: Date }>> {
  const made = await read(waySchema, () =>
    admin.createRecoveryCodeForIdentity({
      createRecoveryCodeForIdentityBody: { identity_id: id, expires_in: '24h' },
    }),
  );
  if (!made.ok) return made;
  const flow = new URL(made.value.recovery_link).searchParams.get('flow');
  if (!flow) return unreadable;
  return {
    ok: true,
    value: { flow, code: made.value.recovery_code, expiresAt: made.value.expires_at },
  };
}

const unreadable: Failure = {
  ok: false,
  status: null,
  body: undefined,
  cause: 'not what it should be',
};

async function read<T>(
  schema: z.ZodType<T>,
  ask: () => Promise<{ data: unknown }>,
): Promise<Answer<T>> {
  try {
    const parsed = schema.safeParse((await ask()).data);
    return parsed.success ? { ok: true, value: parsed.data } : unreadable;
  } catch (error) {
    return failureOf(error);
  }
}

function toKnown(raw: z.infer<typeof knownSchema>): KnownIdentity {
  return {
    ...identityOf(raw),
    active: raw.state !== 'inactive',
    invited: invitedSchema.safeParse(raw.metadata_admin).success,
  };
}

/** The token is the server's own and opaque; it comes in the Link header alone. */
function nextToken(link: string): string | null {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link)?.[1];
  return target ? new URL(target, env.ORY_ADMIN_URL).searchParams.get('page_token') : null;
}
