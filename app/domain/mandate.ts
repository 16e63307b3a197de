import { personName } from './person-name.ts';
import type { Role } from './roles.ts';

/**
 * The roles that can be stood in for. An architect's cannot: an assessment is one person's view, and is
 * assigned to another instead.
 */
export const standInRoles = [
  'MANAGER',
  'PRACTICE_HEAD',
  'SALES',
] as const satisfies readonly Role[];
export type StandInRole = (typeof standInRoles)[number];

/** What a stand-in acts on: one role of one absent person, as that person holds it now. */
export interface Mandate {
  role: StandInRole;
  absent: { id: string; name: string };
  /** The absent person's practices. */
  practices: readonly string[];
  /** The absent person's, if it is verified. */
  verifiedEmail: string | null;
  /** The last day, YYYY-MM-DD. */
  until: string;
}

/** Who an act is recorded by: `A [for B]` where it took a mandate, with B's id apart. */
export interface Signature {
  id: string;
  name: string;
  /** users.id of whom it was done for. */
  forId: string | null;
}

/** Signs an act of `person` done on `mandate`; in their own right where that is null. */
export function sign(
  { id, name }: { id: string; name: string },
  mandate: Mandate | null,
): Signature {
  const own = plain(name);
  if (!mandate) return { id, name: own, forId: null };
  return { id, name: `${own} [for ${plain(mandate.absent.name)}]`, forId: mandate.absent.id };
}

/** The two names in a signature. No name holds a square bracket, so whose it is cannot be forged. */
export function signatureParts(signature: string): { name: string; absent: string | null } {
  const [, name, absent] = /^([^[\]]+) \[for ([^[\]]+)\]$/.exec(signature) ?? [];
  return name && absent ? { name, absent } : { name: signature, absent: null };
}

/** A name that was stored, or an address in its place, as it may stand in a signature. */
const plain = (name: string) => personName(name) ?? 'Somebody without a name';
