import type { Db } from '#app/lib/db.server.ts';
import { followed } from './condition.server.ts';

/** What is open of one currency; null is money whose currency the CRM does not say. */
export interface PipelineLine {
  currency: string | null;
  count: number;
  withoutAmount: number;
  /** Decimal text; null where no row of this currency has an amount. */
  amount: string | null;
  /** The amounts times the CRM's win probability, of the rows that have both. */
  weighted: string | null;
  /** Rows with an amount that the weighted sum leaves out, since the CRM says no win probability. */
  withoutProbability: number;
}

/** Every opportunity that is in the CRM and open there, currency by currency. */
export async function readPipeline(db: Db): Promise<PipelineLine[]> {
  return db.$queryRaw<PipelineLine[]>`
    SELECT t.currency, sum(t.rows)::int AS count, (sum(t.rows) - sum(t.priced))::int AS "withoutAmount",
      CASE WHEN sum(t.priced) > 0 THEN sum(t.amount)::text END AS amount,
      CASE WHEN sum(t.likely) > 0 THEN trim_scale(round(sum(t.weighted) / 100, 2))::text END AS weighted,
      (sum(t.priced) - sum(t.likely))::int AS "withoutProbability"
    FROM opportunity_tallies t WHERE NOT t.gone AND t.workflow_status <> 'CLOSED_IN_CRM'
    GROUP BY t.currency HAVING sum(t.rows) > 0 ORDER BY count DESC, t.currency`;
}

/** How the decisions that stand have turned out. */
export interface Outcomes {
  /** GO and conditional GO. */
  bids: number;
  noBids: number;
  /** Bids the CRM says were won, and lost. */
  won: number;
  lost: number;
  /** Decisions against band, knock-out or recommendation. */
  overrides: number;
  conditions: { open: number; due: number; overdue: number };
}

/** The decisions that stand, one an opportunity, and the conditions to follow up. `today` is YYYY-MM-DD. */
export async function readOutcomes(db: Db, today: string): Promise<Outcomes> {
  const [row] = await db.$queryRaw<(Omit<Outcomes, 'conditions'> & Outcomes['conditions'])[]>`
    WITH standing AS (
      SELECT DISTINCT ON (d.opportunity_id) d.id, d.verdict <> 'NO_GO' AS bid, d.overrides, o.crm_status,
        ${followed} AS followed
      FROM decisions d JOIN opportunities o ON o.id = d.opportunity_id
      WHERE coalesce(o.status_before_close, o.workflow_status) IN ('GO', 'NO_GO', 'CONDITIONAL_GO')
      ORDER BY d.opportunity_id, d.id DESC),
    conditions AS (
      SELECT count(*)::int AS open, (count(*) FILTER (WHERE c.due < ${today}::date))::int AS overdue,
        (count(*) FILTER (WHERE c.due BETWEEN ${today}::date AND ${today}::date + 7))::int AS due
      FROM decision_conditions c JOIN standing s ON s.id = c.decision_id
      WHERE c.met_at IS NULL AND s.followed)
    SELECT (count(*) FILTER (WHERE bid))::int AS bids, (count(*) FILTER (WHERE NOT bid))::int AS "noBids",
      (count(*) FILTER (WHERE bid AND crm_status = 'WON'))::int AS won,
      (count(*) FILTER (WHERE bid AND crm_status = 'LOST'))::int AS lost,
      (count(*) FILTER (WHERE cardinality(overrides) > 0))::int AS overrides,
      (SELECT open FROM conditions), (SELECT due FROM conditions), (SELECT overdue FROM conditions)
    FROM standing`;
  if (!row) throw new Error('A count always has a row.');
  const { open, due, overdue, ...outcomes } = row;
  return { ...outcomes, conditions: { open, due, overdue } };
}
