import { describe, expect, it } from 'vitest';
import { judge, openIntents, type Facts, type Judgement } from './judge.ts';
import { roles, type Role, type Viewer } from './roles.ts';
import { intents, transitions, type Intent } from './transitions.ts';
import { workflowStatuses, type WorkflowStatus } from './workflow.ts';

const me = '00000000-0000-4000-8000-000000000001';
const somebody = '00000000-0000-4000-8000-000000000002';

/** Where an opportunity lies as seen by the viewer. */
const places = {
  'own practice, assigned': { practice: 'Mine', assignedSa: me, salesOwnerEmail: null },
  'own practice': { practice: 'Mine', assignedSa: somebody, salesOwnerEmail: null },
  'own practice, own sale': {
    practice: 'Mine',
    assignedSa: null,
    salesOwnerEmail: 'Me@example.test',
  },
  'no practice': { practice: null, assignedSa: null, salesOwnerEmail: null },
  'other practice, assigned': { practice: 'Theirs', assignedSa: me, salesOwnerEmail: null },
  'other practice, own sale': {
    practice: 'Theirs',
    assignedSa: null,
    salesOwnerEmail: 'me@example.test',
  },
  'other practice': { practice: 'Theirs', assignedSa: somebody, salesOwnerEmail: 'x@example.test' },
} as const;
type PlaceName = keyof typeof places;

const circumstances: Partial<Facts>[] = [
  {},
  { stale: true },
  { fastTrack: true },
  { assessorId: me },
  { assessorId: me, fastTrack: true },
  { recommenderId: me },
  { recommendedForId: me },
  { assessed: false },
  { gone: true },
];

// design.md section 7 written down a second time, from the reader's side: who, from where, to where.
const readers: Record<Role, PlaceName[]> = {
  MANAGER: Object.keys(places) as PlaceName[],
  PRACTICE_HEAD: [
    'own practice, assigned',
    'own practice',
    'own practice, own sale',
    'no practice',
  ],
  SOLUTION_ARCHITECT: [
    ...(['own practice, assigned', 'own practice', 'own practice, own sale'] as const),
    'other practice, assigned',
  ],
  SALES: ['own practice, own sale', 'other practice, own sale'],
};
const assigned: PlaceName[] = ['own practice, assigned', 'other practice, assigned'];
const assigners = { MANAGER: readers.MANAGER, PRACTICE_HEAD: readers.PRACTICE_HEAD };
const assessors = { SOLUTION_ARCHITECT: assigned };
const recommenders = { PRACTICE_HEAD: readers.PRACTICE_HEAD };
const deciders = { MANAGER: readers.MANAGER };

type Way = [
  who: Partial<Record<Role, PlaceName[]>>,
  from: string,
  to: WorkflowStatus | 'same' | 'before' | 'verdict' | 'earlier',
  unless?: (facts: Facts) => string | null,
];
const unlessStale = (facts: Facts) => (facts.stale ? null : 'stale');
const unlessOwn = (facts: Facts) => (facts.assessorId === me ? 'own-assessment' : null);

const expected: Record<Intent, Way[]> = {
  assign: [
    [assigners, 'NEW', 'ASSIGNED'],
    [assigners, 'ASSIGNED IN_ASSESSMENT', 'same'],
  ],
  start: [[assessors, 'ASSIGNED', 'IN_ASSESSMENT']],
  save: [[assessors, 'IN_ASSESSMENT', 'same']],
  submit: [[assessors, 'IN_ASSESSMENT', 'SUBMITTED']],
  'still-holds': [
    [assessors, 'SUBMITTED RECOMMENDED', 'same', unlessStale],
    [deciders, 'GO NO_GO CONDITIONAL_GO', 'same', unlessStale],
  ],
  renew: [[assessors, 'SUBMITTED RECOMMENDED', 'IN_ASSESSMENT', unlessStale]],
  return: [
    [recommenders, 'SUBMITTED', 'IN_ASSESSMENT', unlessOwn],
    [deciders, 'RECOMMENDED', 'IN_ASSESSMENT'],
  ],
  recommend: [[recommenders, 'SUBMITTED', 'RECOMMENDED', unlessOwn]],
  decide: [
    [
      ...([deciders, 'RECOMMENDED', 'verdict'] as const),
      (facts) =>
        [facts.recommenderId, facts.recommendedForId].includes(me) ? 'own-recommendation' : null,
    ],
    [
      ...([deciders, 'SUBMITTED', 'verdict'] as const),
      (facts) => (facts.fastTrack ? unlessOwn(facts) : 'fast-track'),
    ],
  ],
  decline: [[deciders, 'NEW ASSIGNED', 'NO_GO']],
  hold: [[deciders, 'NEW ASSIGNED IN_ASSESSMENT SUBMITTED RECOMMENDED', 'ON_HOLD']],
  resume: [[deciders, 'ON_HOLD', 'before']],
  reopen: [
    [
      ...([deciders, 'GO NO_GO CONDITIONAL_GO', 'IN_ASSESSMENT'] as const),
      (facts) => (facts.assessed ? null : 'assessed'),
    ],
    [...([deciders, 'NO_GO', 'earlier'] as const), (facts) => (facts.assessed ? 'never' : null)],
  ],
};

function answer(held: readonly Role[], place: PlaceName, intent: Intent, facts: Facts): Judgement {
  if (!held.some((role) => readers[role].includes(place)))
    return { ok: false, refusal: 'not-found' };
  const mine = expected[intent].filter(([who]) => held.some((role) => who[role]?.includes(place)));
  if (mine.length === 0) return { ok: false, refusal: 'not-allowed' };
  if (facts.gone) return { ok: false, refusal: 'gone' };
  const here = mine.filter(([, from]) => from.split(' ').includes(facts.status));
  if (here.length === 0) return { ok: false, refusal: 'wrong-state' };
  const refusals = here.map(([, , , unless]) => unless?.(facts) ?? null);
  const way = here[refusals.indexOf(null)];
  if (!way) return { ok: false, refusal: refusals[0] as 'stale' };
  const [, , to] = way;
  const earlier = facts.assignedSa ? 'ASSIGNED' : 'NEW';
  const named = {
    same: facts.status,
    before: 'SUBMITTED',
    verdict: 'CONDITIONAL_GO',
    earlier,
  } as const;
  const target = to in named ? named[to as keyof typeof named] : (to as WorkflowStatus);
  return { ok: true, to: target, mandate: null };
}

function viewerWith(held: readonly Role[]): Viewer {
  return {
    id: me,
    name: 'Me',
    verifiedEmail: 'me@example.test',
    roles: held,
    practices: ['Mine'],
    standsInFor: [],
  };
}

const holdings: Role[][] = [
  [],
  ...roles.map((role) => [role]),
  ...roles.flatMap((one, index) => roles.slice(index + 1).map((other) => [one, other])),
];

describe('the transition table', () => {
  it.each(intents)(
    'gives one answer to %s for every state, role, scope and circumstance',
    (intent) => {
      let asked = 0;
      for (const held of holdings)
        for (const [place, row] of Object.entries(places))
          for (const status of workflowStatuses)
            for (const circumstance of circumstances) {
              const facts: Facts = {
                status,
                ...row,
                statusBeforeHold: 'SUBMITTED',
                gone: false,
                assessed: true,
                stale: false,
                fastTrack: false,
                assessorId: somebody,
                recommenderId: somebody,
                recommendedForId: null,
                ...circumstance,
              };
              const seen = judge(viewerWith(held), intent, facts, 'CONDITIONAL_GO');
              const due = answer(held, place as PlaceName, intent, facts);
              expect({ held, place, status, circumstance, ...seen }).toEqual({
                held,
                place,
                status,
                circumstance,
                ...due,
              });
              asked++;
            }
      expect(asked).toBe(holdings.length * 7 * workflowStatuses.length * circumstances.length);
    },
  );

  it('has a way for every intent, and leads into every state but the one the CRM alone sets', () => {
    expect(new Set(transitions.map(({ intent }) => intent))).toEqual(new Set(intents));
    const reached = new Set(transitions.map(({ to }) => to).filter((to) => /^[A-Z]/.test(to)));
    for (const status of ['NEW', 'GO', 'CONDITIONAL_GO'] as const) reached.add(status);
    const own = workflowStatuses.filter((status) => status !== 'CLOSED_IN_CRM');
    expect([...reached].sort()).toEqual([...own].sort());
  });

  it('lets nobody do anything to what the CRM has closed', () => {
    const facts: Facts = {
      ...places['own practice, assigned'],
      status: 'CLOSED_IN_CRM',
      statusBeforeHold: null,
      gone: false,
      assessed: true,
      stale: true,
      fastTrack: true,
      assessorId: somebody,
      recommenderId: somebody,
      recommendedForId: null,
    };
    expect(openIntents(viewerWith(roles), facts)).toEqual([]);
  });
});
