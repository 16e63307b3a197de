/** How a person stands in BQS, and the words for it. */
export const personStates = ['active', 'invited', 'never-came', 'deactivated', 'gone'] as const;
export type PersonState = (typeof personStates)[number];

export const personStateNames: Record<PersonState, string> = {
  active: 'Active',
  invited: 'Invited',
  'never-came': 'Never came',
  deactivated: 'Deactivated',
  gone: 'Gone from Ory',
};

/** Said beside whoever is chosen for something and was invited but has not come yet. */
export const awaitedWords = 'not signed in yet';

/** How long the code of an invitation lets somebody in. */
export const invitationHours = 24;

/** What the state of a person is read from. */
export interface PersonFacts {
  invitedAt: Date | null;
  lastSeenAt: Date | null;
  deactivatedAt: Date | null;
  deletedAt: Date | null;
}

/** The state of a person: what ends it outweighs what began it. */
export function personState(facts: PersonFacts, now: Date): PersonState {
  if (facts.deletedAt) return 'gone';
  if (facts.deactivatedAt) return 'deactivated';
  if (!isAwaited(facts)) return 'active';
  const over = facts.invitedAt.getTime() + invitationHours * 3_600_000;
  return now.getTime() < over ? 'invited' : 'never-came';
}

/** Whether somebody was invited and has not signed in yet. */
export function isAwaited<Facts extends Pick<PersonFacts, 'invitedAt' | 'lastSeenAt'>>(
  facts: Facts,
): facts is Facts & { invitedAt: Date } {
  return facts.invitedAt !== null && facts.lastSeenAt === null;
}

/** Why somebody is not deactivated, reactivated or invited again. */
export type PersonRefusal =
  | 'not-allowed'
  | 'unknown'
  | 'own-account'
  | 'last-manager'
  | 'gone'
  | 'deactivated-already'
  | 'active-already'
  | 'came-already';

export const personRefusalWords: Record<PersonRefusal, string> = {
  'not-allowed': 'You may not change who is here: your own roles have changed.',
  unknown: 'There is no such person in BQS.',
  'own-account': 'Nobody deactivates themselves. Ask another manager.',
  'last-manager': 'This is the last manager. Make somebody else a manager first.',
  gone: 'Their identity is gone from Ory. Invite them anew.',
  'deactivated-already': 'They are deactivated already.',
  'active-already': 'They are active already.',
  'came-already': 'They have signed in already. Recovering access is theirs to do.',
};

/** Whether `actorId` may deactivate this person; null means yes. `managers` counts the active ones. */
export function refuseDeactivation(
  person: PersonFacts & { id: string; manager: boolean },
  { actorId, managers }: { actorId: string; managers: number },
): PersonRefusal | null {
  if (person.id === actorId) return 'own-account';
  if (person.deletedAt) return 'gone';
  if (person.deactivatedAt) return 'deactivated-already';
  return person.manager && managers <= 1 ? 'last-manager' : null;
}

/** Whether this person may be let in again; null means yes. */
export function refuseReactivation(person: PersonFacts): PersonRefusal | null {
  if (person.deletedAt) return 'gone';
  return person.deactivatedAt ? null : 'active-already';
}

/** Whether this person may get another code. Whoever has come has an account that is theirs alone. */
export function refuseInvitingAgain(person: PersonFacts): PersonRefusal | null {
  if (person.deletedAt) return 'gone';
  if (person.deactivatedAt) return 'deactivated-already';
  return person.lastSeenAt || !person.invitedAt ? 'came-already' : null;
}
