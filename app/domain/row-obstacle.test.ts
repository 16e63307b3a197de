import { describe, expect, it } from 'vitest';
import type { Mandate } from './mandate.ts';
import type { Facts } from './judge.ts';
import { obstaclesOf, rowObstacle, type RowFacts } from './row-obstacle.ts';
import type { Role, Viewer } from './roles.ts';

const submitted: RowFacts = {
  status: 'SUBMITTED',
  practice: 'Data',
  assignedSa: 'arno',
  salesOwnerEmail: null,
  assessorId: 'arno',
  recommenderId: null,
  recommendedForId: null,
};
const recommended: RowFacts = { ...submitted, status: 'RECOMMENDED', recommenderId: 'hugo' };

const viewer = (id: string, roles: Role[], ...standsInFor: Mandate[]): Viewer => ({
  id,
  name: id,
  verifiedEmail: null,
  roles,
  practices: ['Data'],
  standsInFor,
});
const forManager: Mandate = {
  role: 'MANAGER',
  absent: { id: 'maya', name: 'Maya' },
  practices: [],
  verifiedEmail: null,
  until: '2026-12-04',
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

describe('what a page says of acts that are missing', () => {
  const facts = (row: RowFacts, fastTrack = false): Facts => ({
    ...row,
    statusBeforeHold: null,
    gone: false,
    stale: false,
    assessed: true,
    fastTrack,
  });
  const head = viewer('hugo', ['PRACTICE_HEAD'], forManager);
  const both = viewer('arno', ['PRACTICE_HEAD', 'MANAGER']);

  it.each<[string, Viewer, Facts, ('recommend' | 'decide')[]]>([
    ['nothing where it is theirs', viewer('maya', ['MANAGER']), facts(recommended), []],
    ['the decision, to who recommended', head, facts(recommended), ['decide']],
    ['nothing of a decision whose time has not come', head, facts(submitted), []],
    ['nothing to whose role never does it', viewer('sam', ['SALES']), facts(recommended), []],
    ['the recommendation, to who assessed', both, facts(submitted), ['recommend']],
    ['both, on the fast track', both, facts(submitted, true), ['decide', 'recommend']],
    ['nothing of what is gone', head, { ...facts(recommended), gone: true }, []],
    ['nothing of what is decided', head, { ...facts(recommended), status: 'GO' }, []],
  ])('is %s', (_what, who, at, expected) => {
    const found = obstaclesOf(who, at);
    expect(found.map(({ intent }) => intent)).toEqual(expected);
    for (const { intent, words } of found) expect(words).toBe(rowObstacle(who, intent, at));
  });
});
