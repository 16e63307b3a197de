import { overrideWords } from '#app/domain/override-words.ts';
import { bandOf, overridesOf, type Recommended } from '#app/domain/scoring.ts';
import type { Verdict } from '#app/domain/transitions.ts';
import { workflowStatusNames } from '#app/domain/workflow.ts';
import { freezeMemo } from '#app/models/memo.server.ts';
import { workingToday } from '#app/models/working-calendar.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { invalid, overtaken } from './refuse.server.ts';

export interface DecisionInput {
  assessmentId: string;
  verdict: Verdict;
  reason: string;
  /** `due` is YYYY-MM-DD. */
  conditions: { condition: string; due: string }[];
}

const leastReason = 5;

/**
 * Decides on the latest assessment. Going against the band, a knock-out or the recommendation needs a
 * reason and is kept as an override; a conditional GO needs conditions.
 */
export function decide(acting: Acting, input: DecisionInput) {
  const { verdict, reason } = input;
  return qualify(acting, { intent: 'decide', verdict }, async (qualifying) => {
    const { tx, viewer, mandate, opportunity, submitted, recommendation, to } = qualifying;
    if (submitted?.id !== input.assessmentId) return overtaken(tx, opportunity.id);
    const recommended = recommendation?.verdict ?? null;
    const overrides = overridesOf({
      verdict,
      band: bandOf(submitted.scorecard.definition, submitted.score ?? 0),
      knockOuts: submitted.knockOuts,
      recommendation: recommended,
    });
    const problem = problemOf(input, overrides, recommended);
    if (problem) return invalid(problem);
    const conditions = verdict === 'CONDITIONAL_GO' ? input.conditions : [];
    const decision = await tx.decision.create({
      data: {
        opportunityId: BigInt(opportunity.id),
        assessmentId: BigInt(submitted.id),
        recommendationId: recommendation && BigInt(recommendation.id),
        verdict,
        reason,
        overrides,
        fastTrack: recommendation === null,
        decidedById: viewer.id,
        decidedByName: viewer.name,
        decidedForId: mandate?.absent.id,
        conditions: {
          create: conditions.map(({ condition, due }, index) => ({
            position: index + 1,
            condition,
            due: new Date(due),
          })),
        },
      },
      select: { id: true },
    });
    const decisionId = String(decision.id);
    const memo = await freezeMemo(tx, decisionId);
    const name = workflowStatusNames[verdict];
    return {
      columns: { managementDecision: verdict },
      event: {
        kind: 'opportunity.decided',
        data: {
          from: opportunity.status,
          to,
          version: submitted.version,
          verdict,
          overrides,
          recommended,
          fastTrack: recommendation === null,
          reason,
          conditions,
          decisionId,
          memo,
        },
      },
      message: `Decided: ${name}.`,
      notice: {
        title: `${viewer.name} decided ${name} for “${opportunity.name ?? 'an opportunity'}”`,
        body: reason,
      },
      result: { decisionId },
    };
  });
}

function problemOf(
  { verdict, reason, conditions }: DecisionInput,
  overrides: string[],
  recommended: Recommended | null,
) {
  if (verdict === 'CONDITIONAL_GO' && conditions.length === 0) {
    return 'A Conditional GO needs at least one condition with the day it is due.';
  }
  const today = workingToday();
  if (verdict === 'CONDITIONAL_GO' && conditions.some(({ due }) => due < today)) {
    return 'A condition cannot be due in the past: choose a day from today on.';
  }
  if (overrides.length === 0 || reason.trim().length >= leastReason) return null;
  const words = overrideWords(overrides, { verdict, recommended });
  return `This is ${words}: say why, in at least ${leastReason} characters.`;
}
