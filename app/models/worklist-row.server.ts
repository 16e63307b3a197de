import { clockOf, type Clock } from '#app/domain/decision-clock.ts';
import type { WorkingCalendar } from '#app/domain/working-time.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import type { WorkPlace } from '#app/domain/work-place.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { Sql } from './opportunity-predicate.server.ts';

/** What every row of a worklist says of its opportunity. */
export interface WorkRow {
  id: string;
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  customer: string | null;
  practice: string | null;
  /** Decimal text. */
  dealValue: string | null;
  currency: string | null;
  /** YYYY-MM-DD */
  closeDate: string | null;
  status: WorkflowStatus;
  since: Date;
  carried: number;
  revision: number;
}

/** A list cut off at some length, with how long it really is. */
export interface WorkList<T> {
  rows: T[];
  total: number;
}

/** A page of such a list; `next` is where the one after it begins, null where there is none. */
export interface WorkPage<T, Place = WorkPlace> extends WorkList<T> {
  next: Place | null;
}

/** Which page of a list is asked for: its length, and the last row of the one before. */
export interface WorkAsked<Place = WorkPlace> {
  limit: number;
  after?: Place | null;
}

/** The time a page is made for: now, and today where people work (YYYY-MM-DD). */
export interface At {
  now: Date;
  today: string;
  calendar: WorkingCalendar;
}

export type Clocked<T> = T & { clock: Clock | null };

/** The columns of a WorkRow, `o` being the opportunities. */
export const workColumns: Sql = Prisma.sql`
  o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber", o.name, o.customer,
  o.practice, o.deal_value::text AS "dealValue", o.currency,
  to_char(o.close_date, 'YYYY-MM-DD') AS "closeDate", o.workflow_status::text AS status,
  o.workflow_since AS since, o.clock_carried_minutes AS carried, o.qualification_revision AS revision`;

/** Takes the total that each row carries off the rows. */
export function asList<T extends { total: number }>(rows: T[]): WorkList<Omit<T, 'total'>> {
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** Since when a row waits, to the last digit, which a JS date cannot hold. */
export const waitingMicros: Sql = Prisma.sql`(extract(epoch FROM o.workflow_since) * 1000000)::bigint`;

/** The rows beyond the end of another page, in the order of `waitingMicros` and id. */
export function beyond(after: WorkPlace | null | undefined): Sql {
  if (!after) return Prisma.sql`TRUE`;
  return Prisma.sql`(${waitingMicros}, o.id) > (${after.micros}::bigint, ${after.id}::bigint)`;
}

/** Where a page ends whose last row this is. */
export function workPlaceOf({ micros, id }: WorkPlace): WorkPlace {
  return { micros, id };
}

/** How long the whole list is that a page is cut from; `from` is its query from FROM on. */
export async function countRows(db: Db, from: Sql): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${from}`;
  return row?.total ?? 0;
}

/** Cuts a page off rows of which one more than `limit` was read; `placeOf` says where it ends. */
export function cut<T, Place>(
  found: readonly T[],
  limit: number,
  placeOf: (row: T) => Place,
): { rows: T[]; next: Place | null } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last && found.length > limit ? placeOf(last) : null };
}

/** Reads the clock of each row. */
export function withClock<T extends Pick<WorkRow, 'status' | 'since' | 'carried'>>(
  { rows, total }: WorkList<T>,
  { now, calendar }: At,
): WorkList<Clocked<T>> {
  return {
    rows: rows.map((row) => ({
      ...row,
      clock: clockOf(row.status, row.since, row.carried, now, calendar),
    })),
    total,
  };
}
