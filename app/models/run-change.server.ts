import type { RankedChange } from '#app/domain/change-rank.ts';
import type { Scope } from '#app/domain/permissions.ts';
import type { ChangeQuery } from '#app/domain/run-address.ts';
import type { StaleField } from '#app/domain/staleness.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { FieldChange } from './opportunity-change.server.ts';
import { scopePredicate } from './opportunity-predicate.server.ts';
import { orderedChanges, type MovedSection } from './run-change-order.server.ts';

export interface ChangedOpportunity {
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
}

/** What a run did to one opportunity, by how grave it is. */
export interface RunChange {
  opportunity: ChangedOpportunity;
  place: RankedChange;
  gone: boolean;
  reappeared: boolean;
  fields: FieldChange[];
  /** What of its assessment went stale in this run. */
  stale: StaleField[];
}

export interface ChangePage<T> {
  rows: T[];
  /** The last place of the page, where there is more. */
  next: RankedChange | null;
}

export const pageSize = 50;

/** A page of what moved in a run, of the viewer's opportunities alone, the gravest first. */
export async function listRunChanges(
  db: Db,
  runId: bigint,
  scope: Scope,
  query: ChangeQuery & { show: MovedSection },
): Promise<ChangePage<RunChange>> {
  const places = await orderedChanges(db, runId, scope, query, pageSize + 1);
  const page = places.slice(0, pageSize);
  const details = await detailsOf(db, runId, page);
  return {
    rows: page.flatMap((place) => {
      const found = details.get(place.id);
      return found ? [{ ...found, place }] : [];
    }),
    next: places.length > pageSize ? (page.at(-1) ?? null) : null,
  };
}

type Details = Omit<RunChange, 'place'>;

async function detailsOf(
  db: Db,
  runId: bigint,
  places: RankedChange[],
): Promise<Map<string, Details>> {
  if (places.length === 0) return new Map();
  const ids = places.map(({ id }) => BigInt(id));
  const rows = await db.$queryRaw<(ChangedOpportunity & Omit<Details, 'opportunity'>)[]>`
    SELECT o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber", o.name,
      o.customer, o.practice, o.deal_value::text AS "dealValue", o.currency,
      o.close_date::text AS "closeDate", o.workflow_status::text AS status, c.*,
      ARRAY(SELECT m.field FROM stale_marks m WHERE m.opportunity_id = o.id
        AND m.sync_log_id = ${runId} ORDER BY m.id) AS stale
    FROM opportunities o, LATERAL (
      SELECT bool_or(c.kind = 'GONE') AS gone, bool_or(c.kind = 'REAPPEARED') AS reappeared,
        coalesce(json_agg(json_build_object('field', c.field, 'before', c.before, 'after', c.after)
          ORDER BY c.precedence, c.id) FILTER (WHERE c.field IS NOT NULL), '[]') AS fields
      FROM opportunity_changes c WHERE c.opportunity_id = o.id AND c.sync_log_id = ${runId}
    ) c WHERE o.id = ANY(${ids}::bigint[])`;
  return new Map(
    rows.map(({ gone, reappeared, fields, stale, ...opportunity }) => [
      opportunity.id,
      { opportunity, gone, reappeared, fields, stale: [...new Set(stale)] },
    ]),
  );
}

/** A page of the opportunities a run brought, of the viewer's alone, in the order they came. */
export async function listNewOpportunities(
  db: Db,
  runId: bigint,
  scope: Scope,
  after: RankedChange | null,
): Promise<ChangePage<ChangedOpportunity>> {
  const rows = await db.$queryRaw<ChangedOpportunity[]>`
    SELECT o.id::text, o.remote_id::text AS "remoteId", o.remote_number AS "remoteNumber", o.name,
      o.customer, o.practice, o.deal_value::text AS "dealValue", o.currency,
      o.close_date::text AS "closeDate", o.workflow_status::text AS status
    FROM opportunities o
    WHERE o.first_sync_log_id = ${runId} AND o.id > ${BigInt(after?.id ?? 0)}
      AND ${scopePredicate(scope)}
    ORDER BY o.id LIMIT ${pageSize + 1}`;
  const page = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  return {
    rows: page,
    next: last ? { rank: 0, stale: false, precedence: 0, id: last.id } : null,
  };
}
