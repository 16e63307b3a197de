import { describe, expect, it } from 'vitest';
import type { Mandate } from './mandate.ts';
import { rowObstacle, type RowFacts } from './row-obstacle.ts';
import type { Role, Viewer } from './roles.ts';

const submitted: RowFacts = {
  ...{ status: 'SUBMITTED', practice: 'Data', assignedSa: 'arno', salesOwnerEmail: null },
  ...{ assessorId: 'arno', recommenderId: null, recommendedForId: null },
};
const recommended: RowFacts = { ...submitted, status: 'RECOMMENDED', recommenderId: 'hugo' };

const viewer = (id: string, roles: Role[], ...standsInFor: Mandate[]): Viewer => ({
  ...{ id, name: id, verifiedEmail: null, roles, practices: ['Data'], standsInFor },
});
const forManager: Mandate = {
  ...{ role: 'MANAGER', absent: { id: 'maya', name: 'Maya' }, practices: [] },
  ...{ verifiedEmail: null, until: '2026-12-04' },
};

describe('what stands in the way of a row', () => {
  it.each<[string, Viewer, 'recommend' | 'decide', RowFacts, RegExp | null]>([
    ['nothing, for a manager', viewer('maya', ['MANAGER']), 'decide', recommended, null],
    ['nothing, on the fast track', viewer('maya', ['MANAGER']), 'decide', submitted, null],
    [
      'a recommendation of their own',
      ...([viewer('hugo', ['MANAGER']), 'decide', recommended, /^You recommended/] as const),
    ],
    [
      'an assessment of their own, on the fast track',
      ...([viewer('arno', ['MANAGER']), 'decide', submitted, /^This is your own/] as const),
    ],
    [
      'an assessment of their own, where they stand in',
      viewer('arno', ['SOLUTION_ARCHITECT'], forManager),
      ...(['decide', recommended, /^This is your own/] as const),
    ],
    ['nothing, for a head', viewer('hugo', ['PRACTICE_HEAD']), 'recommend', submitted, null],
    [
      'an assessment of the head’s own',
      ...([viewer('arno', ['PRACTICE_HEAD']), 'recommend', submitted, /^This is your/] as const),
    ],
  ])('is %s', (_what, who, intent, row, words) => {
    const obstacle = rowObstacle(who, intent, row);
    if (words) expect(obstacle).toMatch(words);
    else expect(obstacle).toBeNull();
  });
});
