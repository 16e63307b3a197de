import { z } from 'zod';

/** What a list of opportunities can be ordered by; every one is a column of the table. */
export const opportunitySorts = [
  'close_date',
  'deal_value',
  'name',
  'customer',
  'crm_updated_at',
  'win_probability',
  'remote_id',
] as const;
export type OpportunitySort = (typeof opportunitySorts)[number];

/** The last row of a page: where the next one begins. */
export interface CursorPlace {
  /** The sort column of that row as text; null where the row has none, which sorts last. */
  value: string | null;
  /** Decides between rows of one value. */
  remoteId: string;
}

const largest = '9223372036854775807';
const bigint = z
  .string()
  .regex(/^\d{1,19}$/)
  .refine((digits) => digits.length < largest.length || digits <= largest);
// Postgres text cannot hold the NUL character.
const text = z.string().refine((value) => !value.includes('\0'));

/** A forged place must be refused here, not by the database. */
const valueSchemas: Record<OpportunitySort, z.ZodType<string>> = {
  close_date: z.iso.date(),
  deal_value: z
    .string()
    .max(400)
    .regex(/^-?\d+(\.\d+)?$/),
  name: text,
  customer: text,
  crm_updated_at: z.iso.datetime({ precision: 6 }),
  win_probability: z.string().regex(/^-?\d{1,9}$/),
  remote_id: bigint,
};

const envelope = z.tuple([z.string(), z.string().nullable(), bigint]);

/** An OptyId as it stands in an address; null where it cannot be one. */
export function parseRemoteId(digits: string): bigint | null {
  return bigint.safeParse(digits).success ? BigInt(digits) : null;
}

/** An opaque text for `place`, usable only with the list that `list` names. */
export function encodeCursor(list: string, place: CursorPlace): string {
  const whole = JSON.stringify([fingerprint(list), place.value, place.remoteId]);
  return Buffer.from(whole, 'utf8').toString('base64url');
}

/** The place in a cursor; `problem` says in words why it cannot be used with this list. */
export function decodeCursor(
  cursor: string,
  list: string,
  sort: OpportunitySort,
): { ok: true; place: CursorPlace } | { ok: false; problem: string } {
  const parsed = envelope.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) return { ok: false, problem: 'cursor is not one that BQS gave out' };
  const [made, value, remoteId] = parsed.data;
  if (made !== fingerprint(list)) {
    return { ok: false, problem: 'cursor belongs to a list with another order or other filters' };
  }
  if (value !== null && !valueSchemas[sort].safeParse(value).success) {
    return { ok: false, problem: 'cursor is not one that BQS gave out' };
  }
  return { ok: true, place: { value, remoteId } };
}

function parseJson(whole: string): unknown {
  try {
    return JSON.parse(whole);
  } catch {
    return null;
  }
}

/** FNV-1a: tells lists apart, keeps no secret. */
function fingerprint(list: string): string {
  let hash = 0x811c9dc5;
  for (const character of list) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
