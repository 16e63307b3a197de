import { ratingsOf } from '#app/domain/assessment.ts';
import { conditionsFollowed } from '#app/domain/followed-conditions.ts';
import { actsFor, openIntents } from '#app/domain/judge.ts';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import type { AssessmentSummary, QualificationView } from '#app/domain/qualification-view.ts';
import { obstaclesOf } from '#app/domain/row-obstacle.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { bandOf, overridesOf, standingOf } from '#app/domain/scoring.ts';
import { sensitivityOf } from '#app/domain/sensitivity.ts';
import { flipSentences } from '#app/domain/sensitivity-words.ts';
import type { StaleField } from '#app/domain/staleness.ts';
import { decided, type Verdict } from '#app/domain/transitions.ts';
import { undecidedStatuses } from '#app/domain/work-words.ts';
import type { Db } from '#app/lib/db.server.ts';
import type { AssessmentVersion } from './assessment.server.ts';
import { isHeadless } from './headless-practice.server.ts';
import { readTurn } from './holder.server.ts';
import { factsOf, readQualification, type Qualification } from './qualification.server.ts';
import { latestDecision } from './standing-decision.server.ts';

/**
 * Where the qualification stands and what `viewer` may do, for the page of an opportunity that is in their
 * scope. `today` is YYYY-MM-DD.
 */
export async function readQualificationView(
  db: Db,
  viewer: Viewer,
  about: { opportunityId: string; today: string },
): Promise<QualificationView | null> {
  const found = await readQualification(db, about.opportunityId);
  if (!found) return null;
  const { opportunity: o, draft, submitted, recommendation } = found;
  const interruptedAt = o.beforeClose ?? o.statusBeforeHold;
  const held = o.status === 'ON_HOLD' || o.beforeClose === 'ON_HOLD';
  const standing = [o.status, interruptedAt].some((each) =>
    decided.some((state) => state === each),
  );
  const undecided = undecidedStatuses.some((state) => state === o.status);
  const followed = conditionsFollowed(o, o.crmStatus);
  const facts = factsOf(found);
  return {
    revision: o.revision,
    status: o.status,
    interruptedAt: interruptedAt === 'ON_HOLD' ? o.statusBeforeHold : interruptedAt,
    hold: held ? { until: o.holdUntil, reason: o.holdReason } : null,
    since: o.workflowSince,
    turn: await readTurn(db, facts),
    headless: undecided && o.practice !== null && (await isHeadless(db, o.practice)),
    draft: draft && {
      version: draft.version,
      assessor: draft.assessorName,
      savedAt: draft.savedAt,
    },
    assessment: submitted && (await summaryOf(db, submitted)),
    recommendation: recommendation && {
      verdict: recommendation.verdict,
      rationale: recommendation.rationale,
      by: recommendation.by.name,
      at: recommendation.at,
    },
    decision: standing ? await latestDecision(db, o.id, { today: about.today, followed }) : null,
    stale: found.stale.map((mark) => ({ ...mark, field: mark.field as StaleField })),
    mayMeet: followed && inScope(scopeOf(viewer, 'decide:opportunity'), o),
    intents: openIntents(viewer, facts),
    obstacles: obstaclesOf(viewer, facts),
    actsFor: actsFor(viewer, facts),
    overrides: overridesAhead(found),
  };
}

async function summaryOf(db: Db, submitted: AssessmentVersion): Promise<AssessmentSummary> {
  const { definition: card, name } = submitted.scorecard;
  const ratings = ratingsOf(submitted.answers);
  const returned = await db.assessmentReturn.findUnique({
    where: { assessmentId: BigInt(submitted.id) },
  });
  const nameOf = (code: string) =>
    card.criteria.find((criterion) => criterion.code === code)?.name ?? code;
  const score = submitted.score ?? 0;
  return {
    id: submitted.id,
    version: submitted.version,
    scorecard: name,
    score,
    band: bandOf(card, score).name,
    advice: bandOf(card, score).advice,
    knockOuts: submitted.knockOuts.map(nameOf),
    assessor: submitted.assessorName,
    submittedAt: submitted.submittedAt ?? submitted.savedAt,
    summary: submitted.summary,
    sensitivity: flipSentences(card, standingOf(card, ratings), sensitivityOf(card, ratings)),
    returned: returned && {
      reason: returned.reason,
      by: returned.returnedByName,
      at: returned.returnedAt,
    },
  };
}

/** What each verdict would go against, so that the form can say so before anything is sent. */
function overridesAhead({ submitted, recommendation }: Qualification) {
  const against = (verdict: Verdict) =>
    submitted
      ? overridesOf({
          verdict,
          band: bandOf(submitted.scorecard.definition, submitted.score ?? 0),
          knockOuts: submitted.knockOuts,
          recommendation: recommendation?.verdict ?? null,
        })
      : [];
  return {
    GO: against('GO'),
    NO_GO: against('NO_GO'),
    CONDITIONAL_GO: against('CONDITIONAL_GO'),
  };
}
