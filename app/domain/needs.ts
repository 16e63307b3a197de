import type { Facts, Refusal } from './judge.ts';
import type { Mandate } from './mandate.ts';
import type { Viewer } from './roles.ts';
import type { Need, Transition } from './transitions.ts';

/** A transition as it lies open to somebody: in their own right, or on a mandate. */
export interface Way {
  transition: Transition;
  mandate: Mandate | null;
}

/** The first need of a transition that the facts do not meet. */
export function missing(
  { transition, mandate }: Way,
  viewer: Viewer,
  facts: Facts,
): Refusal | null {
  return (
    transition.needs
      .map((need) => unmetBy(need, viewer, mandate, facts))
      .find((refusal) => refusal !== null) ?? null
  );
}

/** Why a need is not met for whoever acts, on a mandate or in their own right. */
export function unmetBy(
  need: Need,
  viewer: Viewer,
  mandate: Mandate | null,
  facts: Facts,
): Refusal | null {
  return unmet(need, viewer.id, facts) ?? unmetByMandate(need, viewer, mandate, facts);
}

/**
 * A mandate gives no more than the absent person could do: what they assessed or recommended is not theirs
 * to judge, so not their stand-in's. Nor does a stand-in decide on an assessment of their own.
 */
function unmetByMandate(
  need: Need,
  viewer: Viewer,
  mandate: Mandate | null,
  facts: Facts,
): Refusal | null {
  if (!mandate) return null;
  const refusal = unmet(need, mandate.absent.id, facts);
  if (refusal === 'own-assessment') return 'absent-assessment';
  if (refusal === 'own-recommendation') return 'absent-recommendation';
  return need === 'another-recommender' ? unmet('another-assessor', viewer.id, facts) : refusal;
}

function unmet(need: Need, personId: string, facts: Facts): Refusal | null {
  switch (need) {
    case 'stale':
      return facts.stale ? null : need;
    case 'assessed':
      return facts.assessed ? null : need;
    case 'never-assessed':
      return facts.assessed ? need : null;
    case 'fast-track':
      return facts.fastTrack ? null : need;
    case 'another-assessor':
      return facts.assessorId === personId ? 'own-assessment' : null;
    case 'another-recommender':
      return [facts.recommenderId, facts.recommendedForId].includes(personId)
        ? 'own-recommendation'
        : null;
  }
}
