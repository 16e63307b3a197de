import { z } from 'zod';
import { personName } from './person-name.ts';

/** What the identity server says of a person. `email` is in lower case. */
export interface Identity {
  id: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
}

const nameSchema = z
  .union([
    z.string(),
    z.object({ first: z.string().nullish().catch(null), last: z.string().nullish().catch(null) }),
  ])
  .nullish()
  .catch(null);

/** An identity as the identity server writes it; what we do not read may be anything. */
export const identitySchema = z.object({
  id: z.guid(),
  traits: z
    .object({ email: z.string().nullish().catch(null), name: nameSchema })
    .catch({ email: null, name: null }),
  verifiable_addresses: z
    .array(z.object({ value: z.string(), verified: z.boolean(), via: z.string() }))
    .nullish(),
});

/** The person in an identity; an address counts as theirs where the server lists it as one to verify. */
export function identityOf({
  id,
  traits,
  verifiable_addresses,
}: z.infer<typeof identitySchema>): Identity {
  const addresses = (verifiable_addresses ?? []).filter(({ via }) => via === 'email');
  const address = addresses.find(({ verified }) => verified) ?? addresses[0];
  const email = address?.value ?? traits.email;
  return {
    id,
    email: email?.trim().toLowerCase() || null,
    emailVerified: address?.verified ?? false,
    name: nameOf(traits.name),
  };
}

/** Traits are what the person typed: good for a label, never for authority. */
function nameOf(name: z.infer<typeof nameSchema>): string | null {
  const text =
    typeof name === 'string' ? name : [name?.first, name?.last].filter(Boolean).join(' ');
  return personName(text);
}
