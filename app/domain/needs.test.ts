import { describe, expect, it } from 'vitest';
import { actsFor, judge, openIntents, type Facts } from './judge.ts';
import type { Mandate, StandInRole } from './mandate.ts';
import type { Role, Viewer } from './roles.ts';

const facts: Facts = {
  status: 'SUBMITTED',
  statusBeforeHold: null,
  gone: false,
  practice: 'Data',
  assignedSa: 'arno',
  salesOwnerEmail: null,
  assessorId: 'arno',
  recommenderId: null,
  recommendedForId: null,
  assessed: true,
  stale: false,
  fastTrack: false,
};
const recommended: Facts = { ...facts, status: 'RECOMMENDED', recommenderId: 'hugo' };

const mandate = (role: StandInRole, id: string): Mandate => ({
  role,
  absent: { id, name: id },
  practices: ['Data'],
  verifiedEmail: null,
  until: '2026-12-04',
});
const viewer = (id: string, roles: Role[], ...standsInFor: Mandate[]): Viewer => ({
  id,
  name: id,
  verifiedEmail: null,
  roles,
  practices: ['Cloud'],
  standsInFor,
});
const answer = (who: Viewer, intent: 'recommend' | 'decide' | 'return', at: Facts) => {
  const judged = judge(who, intent, at, 'GO');
  return judged.ok ? (judged.mandate?.absent.id ?? 'own right') : judged.refusal;
};

const forHead = mandate('PRACTICE_HEAD', 'hugo');
const forManager = mandate('MANAGER', 'maya');
const architect = (...mandates: Mandate[]) => viewer('ada', ['SOLUTION_ARCHITECT'], ...mandates);

describe('who judges on a mandate', () => {
  it.each([
    ['recommends for the head', architect(forHead), 'recommend', facts, 'hugo'],
    ['returns for the head', architect(forHead), 'return', facts, 'hugo'],
    [
      'does not recommend on their own assessment',
      ...([architect(forHead), 'recommend', { ...facts, assessorId: 'ada' }] as const),
      'own-assessment',
    ],
    [
      'does not recommend on what the head assessed',
      ...([architect(forHead), 'recommend', { ...facts, assessorId: 'hugo' }] as const),
      'absent-assessment',
    ],
    ['decides for the manager', architect(forManager), 'decide', recommended, 'maya'],
    [
      'does not decide on what they recommended',
      ...([architect(forManager), 'decide', { ...recommended, recommenderId: 'ada' }] as const),
      'own-recommendation',
    ],
    [
      'does not decide on what the manager recommended',
      ...([architect(forManager), 'decide', { ...recommended, recommenderId: 'maya' }] as const),
      'absent-recommendation',
    ],
    [
      'does not decide on what was recommended for the manager',
      ...([architect(forManager), 'decide', { ...recommended, recommendedForId: 'maya' }] as const),
      'absent-recommendation',
    ],
    [
      'does not decide on their own assessment',
      ...([architect(forManager), 'decide', { ...recommended, assessorId: 'ada' }] as const),
      'own-assessment',
    ],
    [
      'does not decide for a head',
      ...([architect(forHead), 'decide', recommended] as const),
      'not-allowed',
    ],
  ] as const)('%s', (_what, who, intent, at, expected) => {
    expect(answer(who, intent, at)).toBe(expected);
  });

  it('acts in their own right where they can', () => {
    const both = viewer('mona', ['MANAGER'], forManager);
    expect(answer(both, 'decide', recommended)).toBe('own right');
    expect(actsFor(both, recommended)).toEqual({});
  });

  it('is not freed by a mandate of what their own right forbids', () => {
    const both = viewer('mona', ['MANAGER'], forManager);
    const own = { ...recommended, recommenderId: 'mona' };
    expect(answer(both, 'decide', own)).toBe('own-recommendation');
  });

  it('cannot decide on what a stand-in recommended for them', () => {
    const back = viewer('hugo', ['MANAGER', 'PRACTICE_HEAD']);
    const done = { ...recommended, recommenderId: 'ada', recommendedForId: 'hugo' };
    expect(answer(back, 'decide', done)).toBe('own-recommendation');
  });

  it('neither starts nor submits for anybody', () => {
    const who = architect(forHead, forManager);
    for (const status of ['ASSIGNED', 'IN_ASSESSMENT'] as const) {
      const open = openIntents(who, { ...facts, status });
      for (const intent of ['start', 'save', 'submit'] as const) expect(open).not.toContain(intent);
    }
    expect(actsFor(who, recommended)).toMatchObject({ decide: 'maya', return: 'maya' });
  });
});
