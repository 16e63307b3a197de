import { ratingsOf, type Answer } from '#app/domain/assessment.ts';
import type { Memo } from '#app/domain/memo.ts';
import { sensitivityOf, type Flip } from '#app/domain/sensitivity.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { readAssessment } from './assessment.server.ts';

/** An instant to the microsecond, as text that no time zone or JS date changes. */
const utc = (column: string) =>
  Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
const by = (column: string) =>
  Prisma.raw(`jsonb_build_object('id', ${column}_by::text, 'name', ${column}_by_name) AS by`);

interface Made {
  opportunityId: string;
  /** Null where the opportunity was declined before assessment. */
  version: number | null;
  recommendationId: string | null;
  decision: Memo['decision'];
}

/** Gathers what a decision stands on as it is in the transaction that makes it; throws where there is none. */
export async function gatherMemo(tx: Db, decisionId: string): Promise<Memo> {
  const { opportunityId, version, recommendationId, decision } = await readDecision(tx, decisionId);
  const sheet = version === null ? null : await readSheet(tx, opportunityId, version);
  return {
    format: 1,
    opportunity: await readSnapshot(tx, opportunityId),
    assessment: sheet && sheet.assessment,
    sensitivity: sheet && sheet.sensitivity,
    evidence: await readEvidence(tx, opportunityId),
    recommendation: recommendationId === null ? null : await readAdvice(tx, recommendationId),
    decision,
  };
}

async function readDecision(tx: Db, decisionId: string): Promise<Made> {
  const [made] = await tx.$queryRaw<(Omit<Made, 'decision'> & Memo['decision'])[]>`
    SELECT d.id::text, d.opportunity_id::text AS "opportunityId", a.version,
      d.recommendation_id::text AS "recommendationId", d.verdict::text, d.reason, d.overrides,
      d.fast_track AS "fastTrack", ${by('decided')}, ${utc('decided_at')} AS at,
      coalesce((SELECT jsonb_agg(jsonb_build_object(
          'condition', condition, 'due', to_char(due, 'YYYY-MM-DD')) ORDER BY position)
        FROM decision_conditions c WHERE c.decision_id = d.id), '[]') AS conditions
    FROM decisions d LEFT JOIN assessments a ON a.id = d.assessment_id
    WHERE d.id = ${BigInt(decisionId)}`;
  if (!made) throw new Error(`There is no decision ${decisionId} to write a memo of.`);
  const { opportunityId, version, recommendationId, ...decision } = made;
  return { opportunityId, version, recommendationId, decision };
}

async function readSnapshot(tx: Db, opportunityId: string): Promise<Memo['opportunity']> {
  const [row] = await tx.$queryRaw<Memo['opportunity'][]>`
    SELECT id::text, remote_id::text AS "remoteId", remote_number AS "remoteNumber", name, customer,
      practice, geo, region, sector, deal_value::text AS "dealValue", currency,
      win_probability AS "winProbability", sales_owner AS "salesOwner",
      sales_owner_email AS "salesOwnerEmail", stage, crm_status AS "crmStatus",
      to_char(close_date, 'YYYY-MM-DD') AS "closeDate", ${utc('crm_created_at')} AS "crmCreatedAt",
      ${utc('crm_updated_at')} AS "crmUpdatedAt", ${utc('gone_since')} AS "goneSince",
      ${utc('last_synced_at')} AS "asOf", last_sync_log_id::text AS "syncRunId",
      (SELECT jsonb_build_object('id', id::text, 'type', sync_type::text, 'status', status::text,
          'completedAt', ${utc('completed_at')})
        FROM sync_logs
        WHERE purpose = 'SYNC' AND status IN ('SUCCESS', 'PARTIAL') AND completed_at IS NOT NULL
        ORDER BY completed_at DESC LIMIT 1) AS "lastSync"
    FROM opportunities WHERE id = ${BigInt(opportunityId)}`;
  if (!row) throw new Error(`There is no opportunity ${opportunityId} to write a memo of.`);
  return row;
}

async function readSheet(tx: Db, opportunityId: string, version: number) {
  const found = await readAssessment(tx, opportunityId, version);
  if (!found || found.score === null || found.band === null) {
    throw new Error(`Version ${version} of opportunity ${opportunityId} is not a submitted sheet.`);
  }
  const [times] = await tx.$queryRaw<{ submittedAt: string }[]>`
    SELECT ${utc('submitted_at')} AS "submittedAt" FROM assessments WHERE id = ${BigInt(found.id)}`;
  const flips = sensitivityOf(found.scorecard.definition, ratingsOf(found.answers));
  const assessment: Memo['assessment'] = {
    id: found.id,
    version,
    scorecard: found.scorecard,
    answers: found.answers.map(rated),
    summary: found.summary,
    assessor: { id: found.assessorId, name: found.assessorName },
    submittedAt: times?.submittedAt ?? '',
    score: found.score,
    band: found.band,
    knockOuts: found.knockOuts,
    stale: await readStale(tx, found.id),
  };
  const sensitivity = flips && { up: flipOf(flips.up), down: flipOf(flips.down) };
  return { assessment, sensitivity };
}

/** A submitted sheet is whole; an answer that is missing must not be frozen as a 0. */
function rated({ halfSteps, ...answer }: Answer) {
  if (halfSteps === null) throw new Error(`The submitted sheet does not rate ${answer.criterion}.`);
  return { ...answer, halfSteps };
}

function flipOf(flip: Flip | null) {
  return flip && { steps: flip.steps, band: flip.band.code, knockedOut: flip.knockedOut };
}

function readStale(tx: Db, assessmentId: string) {
  return tx.$queryRaw<NonNullable<Memo['assessment']>['stale']>`
    SELECT field, before, after, ${utc('marked_at')} AS "markedAt" FROM stale_marks
    WHERE assessment_id = ${BigInt(assessmentId)} AND resolved_at IS NULL ORDER BY id`;
}

/** What was removed, or refused by the scan, is no evidence. */
function readEvidence(tx: Db, opportunityId: string): Promise<Memo['evidence']> {
  return tx.$queryRaw`
    SELECT id::text, name, size::text, sha256, content_type AS "contentType", criterion,
      scan_status::text AS scan, ${utc('uploaded_at')} AS "uploadedAt",
      jsonb_build_object('id', uploaded_by::text, 'name', uploaded_by_name) AS "uploadedBy"
    FROM evidence_files
    WHERE opportunity_id = ${BigInt(opportunityId)} AND removed_at IS NULL
      AND scan_status <> 'REFUSED'
    ORDER BY uploaded_at, id`;
}

async function readAdvice(tx: Db, id: string): Promise<Memo['recommendation']> {
  const [row] = await tx.$queryRaw<NonNullable<Memo['recommendation']>[]>`
    SELECT id::text, verdict::text, rationale, ${by('recommended')}, ${utc('recommended_at')} AS at
    FROM recommendations WHERE id = ${BigInt(id)}`;
  return row ?? null;
}
