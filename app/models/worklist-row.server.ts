import { clockOf, type Clock } from '#app/domain/decision-clock.ts';
import type { WorkingCalendar } from '#app/domain/working-time.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
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
