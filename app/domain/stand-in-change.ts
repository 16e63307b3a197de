import { dayAfter } from './day.ts';
import type { StandInRole } from './mandate.ts';
import { holds } from './permissions.ts';
import { holderNames, type Role } from './roles.ts';

/** The most days one stand-in lasts: longer is no absence, and a role should be granted. */
export const longestDays = 92;

/** Who names whom for whom. Days are YYYY-MM-DD, both included; roles are people's own. */
export interface StandInChange {
  actor: Person;
  absent: Person;
  standIn: Person;
  role: StandInRole;
  from: string;
  to: string;
  today: string;
}

interface Person {
  id: string;
  roles: readonly Role[];
}

export type StandInRefusal =
  | 'not-allowed'
  | 'oneself'
  | 'own-appointment'
  | 'role-not-held'
  | 'stand-in-without-role'
  | 'holds-it-already'
  | 'days-out-of-order'
  | 'in-the-past'
  | 'too-long'
  | 'double';

/** Whose own stand-in a person may name; for everybody else a manager does. */
const namedByOneself: readonly Role[] = ['MANAGER', 'PRACTICE_HEAD'];

/** In the order in which they are told. */
const rules: readonly { refusal: StandInRefusal; when: (change: StandInChange) => boolean }[] = [
  { refusal: 'not-allowed', when: (change) => !mayName(change) },
  { refusal: 'oneself', when: ({ absent, standIn }) => absent.id === standIn.id },
  { refusal: 'own-appointment', when: ({ actor, standIn }) => actor.id === standIn.id },
  { refusal: 'role-not-held', when: ({ absent, role }) => !absent.roles.includes(role) },
  { refusal: 'stand-in-without-role', when: ({ standIn }) => standIn.roles.length === 0 },
  // A manager reaches every row already; a head of one practice may well stand in for that of another.
  {
    refusal: 'holds-it-already',
    when: ({ standIn, role }) => role === 'MANAGER' && standIn.roles.includes(role),
  },
  { refusal: 'days-out-of-order', when: ({ from, to }) => to < from },
  { refusal: 'in-the-past', when: ({ from, today }) => from < today },
  { refusal: 'too-long', when: ({ from, to }) => daysOf(from, to) > longestDays },
];

/** Why a stand-in cannot be named; null where it can. Whether it is one already only the table knows. */
export function refuseStandIn(change: StandInChange): StandInRefusal | null {
  return rules.find(({ when }) => when(change))?.refusal ?? null;
}

/** Whose stand-in this person may name. */
export function mayName({ actor, absent, role }: Pick<StandInChange, 'actor' | 'absent' | 'role'>) {
  if (holds({ roles: actor.roles }, 'manage:roles')) return true;
  return actor.id === absent.id && namedByOneself.includes(role) && actor.roles.includes(role);
}

/** A stand-in is ended by a manager, by whoever was away, or by the stand-in, who hands it back. */
export function mayEnd(actor: Person, standIn: { absentId: string; standInId: string }): boolean {
  if (actor.id === standIn.absentId || actor.id === standIn.standInId) return true;
  return holds({ roles: actor.roles }, 'manage:roles');
}

function daysOf(from: string, to: string): number {
  return (dayAfter(to).getTime() - Date.parse(from)) / 86_400_000;
}

/** A refusal in words for whoever asked. */
export function standInRefusalWords(
  refusal: StandInRefusal,
  { absent, standIn, role }: { absent: string; standIn: string; role: Role },
): string {
  const held = holderNames[role];
  switch (refusal) {
    case 'not-allowed':
      return 'Only a manager names a stand-in for somebody else. You may name your own, while you are a manager or a practice head.';
    case 'oneself':
      return 'Nobody stands in for themselves. Choose another person.';
    case 'own-appointment':
      return `You cannot make yourself the stand-in for ${absent}. Somebody else has to name you.`;
    case 'role-not-held':
      return `${absent} is not a ${held} any more, so there is nothing to stand in for.`;
    case 'stand-in-without-role':
      return `${standIn} holds no role in BQS. A stand-in needs one of their own first.`;
    case 'holds-it-already':
      return `${standIn} is a ${held} already and needs nobody's mandate.`;
    case 'days-out-of-order':
      return 'The last day comes before the first.';
    case 'in-the-past':
      return 'A stand-in begins today at the earliest: what has been done is on record as it was done.';
    case 'too-long':
      return `A stand-in lasts at most ${longestDays} days. For longer, grant the role.`;
    case 'double':
      return `${standIn} stands in for ${absent} already on some of these days. End that one first, or choose other days.`;
  }
}
