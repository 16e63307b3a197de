import { ratingsOf } from '#app/domain/assessment.ts';
import type { Facts } from '#app/domain/judge.ts';
import { standingOf, takesFastTrack } from '#app/domain/scoring.ts';
import type { Basis } from '#app/domain/staleness.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { latestAssessment, type AssessmentVersion } from './assessment.server.ts';

/** Where an opportunity stands in its qualification, with what of the CRM the rules look at. */
export interface Standpoint extends Basis {
  id: string;
  remoteId: string;
  remoteNumber: string | null;
  name: string | null;
  practice: string | null;
  salesOwnerEmail: string | null;
  assignedSa: string | null;
  status: WorkflowStatus;
  /** What CLOSED_IN_CRM replaced; null in every other state. */
  beforeClose: WorkflowStatus | null;
  statusBeforeHold: WorkflowStatus | null;
  holdUntil: string | null;
  holdReason: string | null;
  workflowSince: Date;
  clockCarriedMinutes: number;
  revision: number;
}

export interface OpenMark {
  field: string;
  before: string | null;
  after: string | null;
  markedAt: Date;
}

/** Everything the transitions of one opportunity are judged by. */
export interface Qualification {
  opportunity: Standpoint;
  draft: AssessmentVersion | null;
  /** The latest submitted assessment. */
  submitted: AssessmentVersion | null;
  /** Made on `submitted`. */
  recommendation: {
    id: string;
    verdict: 'GO' | 'NO_GO' | 'CONDITIONAL';
    rationale: string;
    by: { id: string | null; name: string };
    /** users.id of whom they stood in for. */
    forId: string | null;
    at: Date;
  } | null;
  stale: OpenMark[];
}

/**
 * Reads where an opportunity stands; null where there is none. `lock` keeps everybody else from moving it
 * until the transaction ends.
 */
export async function readQualification(
  db: Db,
  opportunityId: string,
  { lock = false } = {},
): Promise<Qualification | null> {
  const id = BigInt(opportunityId);
  const [opportunity] = await db.$queryRaw<Standpoint[]>`
    SELECT id::text, remote_id::text AS "remoteId", remote_number AS "remoteNumber", name, practice,
      sales_owner_email AS "salesOwnerEmail", assigned_sa::text AS "assignedSa",
      workflow_status::text AS status, status_before_close::text AS "beforeClose",
      status_before_hold::text AS "statusBeforeHold",
      to_char(hold_until, 'YYYY-MM-DD') AS "holdUntil", hold_reason AS "holdReason",
      workflow_since AS "workflowSince", clock_carried_minutes AS "clockCarriedMinutes",
      qualification_revision AS revision, deal_value::text AS "dealValue", currency,
      to_char(close_date, 'YYYY-MM-DD') AS "closeDate", stage, crm_status AS "crmStatus",
      gone_since IS NOT NULL AS gone
    FROM opportunities WHERE id = ${id} ${lock ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.empty}`;
  if (!opportunity) return null;
  const draft = await latestAssessment(db, id, 'DRAFT');
  const submitted = await latestAssessment(db, id, 'SUBMITTED');
  const recommendation = submitted && (await recommendationOn(db, submitted.id));
  const stale = await db.staleMark.findMany({
    where: { opportunityId: id, resolvedAt: null },
    select: { field: true, before: true, after: true, markedAt: true },
    orderBy: { id: 'asc' },
  });
  return { opportunity, draft, submitted, recommendation, stale };
}

/** What the transition table is asked with. */
export function factsOf({ opportunity, submitted, recommendation, stale }: Qualification): Facts {
  return {
    ...opportunity,
    assessorId: submitted?.assessorId ?? null,
    recommenderId: recommendation?.by.id ?? null,
    recommendedForId: recommendation?.forId ?? null,
    assessed: submitted !== null,
    stale: stale.length > 0,
    fastTrack: submitted !== null && fastTrackOf(submitted, opportunity),
  };
}

function fastTrackOf({ scorecard, answers }: AssessmentVersion, opportunity: Standpoint): boolean {
  const standing = standingOf(scorecard.definition, ratingsOf(answers));
  return takesFastTrack(scorecard.definition, standing, opportunity);
}

async function recommendationOn(db: Db, assessmentId: string) {
  const row = await db.recommendation.findUnique({ where: { assessmentId: BigInt(assessmentId) } });
  if (!row) return null;
  const { verdict, rationale, recommendedById: by, recommendedByName: name } = row;
  const { recommendedForId: forId, recommendedAt: at } = row;
  return { id: String(row.id), verdict, rationale, by: { id: by, name }, forId, at };
}
