import { describe, expect, it } from 'vitest';
import {
  longestDays,
  mayEnd,
  refuseStandIn,
  standInRefusalWords,
  type StandInChange,
  type StandInRefusal,
} from './stand-in-change.ts';
import type { Role } from './roles.ts';

const person = (id: string, ...roles: Role[]) => ({ id, roles });
const manager = person('maya', 'MANAGER');
const head = person('hugo', 'PRACTICE_HEAD');
const architect = person('ada', 'SOLUTION_ARCHITECT');
const seller = person('sam', 'SALES');
const newcomer = person('nora');

const good: StandInChange = {
  actor: manager,
  absent: head,
  standIn: architect,
  role: 'PRACTICE_HEAD',
  from: '2026-11-25',
  to: '2026-12-04',
  today: '2026-11-25',
};

const cases: [what: string, given: Partial<StandInChange>, answer: StandInRefusal | null][] = [
  ['a manager for somebody else', {}, null],
  ['a practice head for themselves', { actor: head }, null],
  [
    'a manager for themselves',
    { actor: manager, absent: manager, role: 'MANAGER', standIn: head },
    null,
  ],
  ['a manager for a seller', { absent: seller, role: 'SALES' }, null],
  ['a seller for themselves', { actor: seller, absent: seller, role: 'SALES' }, 'not-allowed'],
  ['a practice head for another', { actor: person('x', 'PRACTICE_HEAD') }, 'not-allowed'],
  ['an architect for a practice head', { actor: architect, standIn: seller }, 'not-allowed'],
  ['the stand-in themselves', { actor: architect }, 'not-allowed'],
  [
    'a practice head for a manager role they do not hold',
    { actor: head, absent: head, role: 'MANAGER' },
    'not-allowed',
  ],
  ['nobody who holds a role', { actor: newcomer }, 'not-allowed'],
  ['a person for themselves', { standIn: head }, 'oneself'],
  ['a manager who names themselves', { standIn: manager }, 'own-appointment'],
  ['a role that is not held', { absent: seller }, 'role-not-held'],
  ['a stand-in without a role', { standIn: newcomer }, 'stand-in-without-role'],
  [
    'a manager who stands in for a manager',
    { absent: manager, role: 'MANAGER', standIn: person('m2', 'MANAGER') },
    'holds-it-already',
  ],
  ['a head who stands in for a head', { standIn: person('h2', 'PRACTICE_HEAD') }, null],
  ['one day alone', { to: '2026-11-25' }, null],
  ['days out of order', { from: '2026-12-05' }, 'days-out-of-order'],
  ['a day that is over', { from: '2026-11-24' }, 'in-the-past'],
  ['the longest there is', { to: '2027-02-24' }, null],
  ['a day more', { to: '2027-02-25' }, 'too-long'],
];

describe('naming a stand-in', () => {
  it.each(cases)('by or of %s', (_what, given, answer) => {
    expect(refuseStandIn({ ...good, ...given })).toBe(answer);
  });

  it('lasts as long as its limit says', () => {
    const days = (Date.parse('2027-02-24') - Date.parse('2026-11-25')) / 86_400_000 + 1;
    expect(days).toBe(longestDays);
  });

  it('is refused in words for every reason', () => {
    const names = { absent: 'Hugo', standIn: 'Ada', role: 'PRACTICE_HEAD' } as const;
    const reasons = new Set(cases.flatMap(([, , answer]) => answer ?? []));
    for (const reason of [...reasons, 'double'] as const)
      expect(standInRefusalWords(reason, names)).toMatch(/^[A-Z].*\.$/);
  });
});

describe('ending a stand-in', () => {
  const pair = { absentId: 'hugo', standInId: 'ada' };
  it.each([
    ['a manager', manager, true],
    ['who was away', head, true],
    ['who stands in', architect, true],
    ['anybody else', seller, false],
    ['another practice head', person('h2', 'PRACTICE_HEAD'), false],
    ['nobody with a role', newcomer, false],
  ])('by %s', (_who, actor, may) => expect(mayEnd(actor, pair)).toBe(may));
});
