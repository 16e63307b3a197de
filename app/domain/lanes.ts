import { z } from 'zod';

/** A range of OptyIds that a walk goes through by itself: above where it began, up to `upTo`. */
export interface Lane {
  /** All up to here is committed, since the lane began. */
  cursor: bigint;
  /** The last OptyId that is this lane's; null for the last lane, which has no end. */
  upTo: bigint | null;
  done: boolean;
}

/** So few pages are not worth going through side by side. */
const fewestPages = 4;

/** Whether a walk over so many records goes through them in several lanes. */
export function isWorthLanes(records: number, pageSize: number): boolean {
  return records >= fewestPages * pageSize;
}

/** The lanes between these ids, which may be anything: what makes no range of its own is left out. */
export function lanesBetween(splits: readonly (bigint | null)[], after = 0n): Lane[] {
  const lanes: Lane[] = [];
  let cursor = after;
  for (const upTo of splits) {
    if (upTo === null || upTo <= cursor) continue;
    lanes.push({ cursor, upTo, done: false });
    cursor = upTo;
  }
  return [...lanes, { cursor, upTo: null, done: false }];
}

/** The OptyId up to which everything is committed. */
export function lowestCursor(lanes: readonly Lane[]): bigint {
  const lane = lanes.find(({ done }) => !done) ?? lanes.at(-1);
  return lane?.cursor ?? 0n;
}

/** A lane as `sync_logs.lanes` keeps it: ids as text, since JSON would round them. */
export function keptLane({ cursor, upTo, done }: Lane) {
  return { cursor: String(cursor), upTo: upTo === null ? null : String(upTo), done };
}

const id = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
const kept = z.array(z.object({ cursor: id, upTo: id.nullable(), done: z.boolean() })).min(1);

/** The lanes of a run as they were kept; null for a run that has none yet. */
export function readLanes(value: unknown): Lane[] | null {
  return value === null || value === undefined ? null : kept.parse(value);
}
