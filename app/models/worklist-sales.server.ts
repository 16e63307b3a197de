import { clockTable, isClocked } from '#app/domain/decision-clock.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { followed } from './condition.server.ts';
import { holderOf, readHolders } from './holder.server.ts';
import {
  asList,
  withClock,
  workColumns,
  type At,
  type Clocked,
  type WorkList,
  type WorkRow,
} from './worklist-row.server.ts';

interface Asked {
  /** The seller's verified address. */
  email: string;
  limit: number;
}

/** An opportunity of a seller: where it is, who holds it and what comes next. */
export type OwnOpportunity = Clocked<
  WorkRow & { architect: string | null; holdUntil: string | null }
> & {
  holder: string;
  next: string | null;
};

/** What of an opportunity is up to its seller. */
export type Missing = WorkRow & {
  /** Names of the CRM's fields that are not set. */
  fields: string[];
  noEvidence: boolean;
};

export type DecidedRow = WorkRow & {
  verdict: 'GO' | 'NO_GO' | 'CONDITIONAL_GO';
  reason: string;
  by: string;
  at: Date;
  conditions: { condition: string; due: string; met: boolean }[];
  /** Whether the conditions still have to be met. */
  followed: boolean;
};

const undecided = Prisma.sql`o.workflow_status IN
  ('NEW', 'ASSIGNED', 'IN_ASSESSMENT', 'SUBMITTED', 'RECOMMENDED', 'ON_HOLD')`;
const own = (email: string) => Prisma.sql`
  lower(o.sales_owner_email) = ${email.toLowerCase()} AND o.gone_since IS NULL`;

/** A seller's undecided opportunities; those that are under way before the new ones, then by close date. */
export async function listOwn(
  db: Db,
  { email, limit, at }: Asked & { at: At },
): Promise<WorkList<OwnOpportunity>> {
  const [found, holders] = await Promise.all([
    db.$queryRaw<(OwnOpportunity & { total: number })[]>`
      SELECT ${workColumns}, coalesce(u.name, u.email) AS architect,
        to_char(o.hold_until, 'YYYY-MM-DD') AS "holdUntil", (count(*) OVER ())::int AS total
      FROM opportunities o LEFT JOIN users u ON u.id = o.assigned_sa
      WHERE ${own(email)} AND ${undecided}
      ORDER BY o.workflow_status = 'NEW', o.close_date NULLS LAST, o.id LIMIT ${limit}`,
    readHolders(db),
  ]);
  const { rows, total } = withClock(asList(found), at);
  return {
    total,
    rows: rows.map((row) => ({
      ...row,
      holder: holderOf(holders, row),
      next: isClocked(row.status) ? clockTable[row.status].step : null,
    })),
  };
}

/** A seller's undecided opportunities that lack something only the seller can give. */
export async function listMissingFromSales(
  db: Db,
  { email, limit }: Asked,
): Promise<WorkList<Missing>> {
  const found = await db.$queryRaw<(Missing & { total: number })[]>`
    SELECT *, (count(*) OVER ())::int AS total FROM (
      SELECT ${workColumns}, array_remove(ARRAY[
          CASE WHEN o.deal_value IS NULL THEN 'amount' END,
          CASE WHEN o.currency IS NULL THEN 'currency' END,
          CASE WHEN o.close_date IS NULL THEN 'close date' END,
          CASE WHEN o.win_probability IS NULL THEN 'win probability' END,
          CASE WHEN o.practice IS NULL THEN 'practice' END], NULL) AS fields,
        o.workflow_status <> 'NEW' AND NOT EXISTS (SELECT FROM evidence_files e
          WHERE e.opportunity_id = o.id AND e.removed_at IS NULL) AS "noEvidence"
      FROM opportunities o WHERE ${own(email)} AND ${undecided}) lacking
    WHERE cardinality(fields) > 0 OR "noEvidence"
    ORDER BY status = 'NEW', "closeDate" NULLS LAST, id LIMIT ${limit}`;
  return asList(found);
}

/** How many mentions a person has not read. */
export async function countUnreadMentions(db: Db, userId: string): Promise<number> {
  return db.notification.count({ where: { userId, topic: 'mention', readAt: null } });
}

/** The decisions on a seller's opportunities, the last one first, with what each hangs on. */
export async function listDecidedOfSales(
  db: Db,
  { email, limit }: Asked,
): Promise<WorkList<DecidedRow>> {
  const found = await db.$queryRaw<(DecidedRow & { total: number })[]>`
    SELECT ${workColumns}, d.verdict::text, d.reason, d.decided_by_name AS by, d.decided_at AS at,
      coalesce((SELECT jsonb_agg(jsonb_build_object('condition', c.condition, 'met', c.met_at IS NOT NULL,
          'due', to_char(c.due, 'YYYY-MM-DD')) ORDER BY c.position)
        FROM decision_conditions c WHERE c.decision_id = d.id), '[]') AS conditions,
      ${followed} AS followed,
      (count(*) OVER ())::int AS total
    FROM opportunities o
    JOIN LATERAL (SELECT * FROM decisions WHERE opportunity_id = o.id ORDER BY id DESC LIMIT 1) d ON TRUE
    WHERE ${own(email)}
      AND coalesce(o.status_before_close, o.workflow_status) IN ('GO', 'NO_GO', 'CONDITIONAL_GO')
    ORDER BY d.decided_at DESC, o.id LIMIT ${limit}`;
  return asList(found);
}
