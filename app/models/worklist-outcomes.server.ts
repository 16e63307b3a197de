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
    SELECT o.currency, count(*)::int AS count, (count(*) - count(o.deal_value))::int AS "withoutAmount",
      sum(o.deal_value)::text AS amount,
      trim_scale(round(sum(o.deal_value * o.win_probability / 100), 2))::text AS weighted,
      count(*) FILTER (WHERE o.deal_value IS NOT NULL AND o.win_probability IS NULL)::int
        AS "withoutProbability"
    FROM opportunities o WHERE o.gone_since IS NULL AND o.workflow_status <> 'CLOSED_IN_CRM'
    GROUP BY o.currency ORDER BY count DESC, o.currency`;
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
