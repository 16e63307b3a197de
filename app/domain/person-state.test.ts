import { describe, expect, it } from 'vitest';
import {
  isAwaited,
  personState,
  refuseDeactivation,
  refuseInvitingAgain,
  refuseReactivation,
  type PersonFacts,
} from './person-state.ts';

const now = new Date('2026-11-25T12:00:00Z');
const long = new Date('2026-11-01T12:00:00Z');
const today = new Date('2026-11-25T09:00:00Z');
const none: PersonFacts = {
  invitedAt: null,
  lastSeenAt: null,
  deactivatedAt: null,
  deletedAt: null,
};
const seen = { ...none, lastSeenAt: today };
const invited = { ...none, invitedAt: today };
const lapsed = { ...none, invitedAt: long };
const off = { ...seen, deactivatedAt: today };
const gone = { ...off, deletedAt: today };

describe('the state of a person', () => {
  it.each([
    ['active', none],
    ['active', seen],
    ['invited', invited],
    ['never-came', lapsed],
    ['active', { ...lapsed, lastSeenAt: today }],
    ['deactivated', off],
    ['deactivated', { ...invited, deactivatedAt: today }],
    ['gone', gone],
    ['gone', { ...none, deletedAt: today }],
  ])('is %s', (state, facts) => {
    expect(personState(facts, now)).toBe(state);
  });

  it.each([
    ...[none, seen, gone, { ...invited, lastSeenAt: today }].map(
      (facts) => [false, facts] as const,
    ),
    ...[invited, lapsed].map((facts) => [true, facts] as const),
  ])('makes somebody awaited: %s (%#)', (awaited, facts) => {
    expect(isAwaited(facts)).toBe(awaited);
  });

  it('turns from invited to never came when the code has run out', () => {
    const at = (text: string) => personState(invited, new Date(text));
    expect(at('2026-11-26T08:59:59Z')).toBe('invited');
    expect(at('2026-11-26T09:00:00Z')).toBe('never-came');
  });
});

describe('what may be done with a person', () => {
  it.each([
    [none, null, 'active-already', 'came-already'],
    [seen, null, 'active-already', 'came-already'],
    [invited, null, 'active-already', null],
    [lapsed, null, 'active-already', null],
    [off, 'deactivated-already', null, 'deactivated-already'],
    [gone, 'gone', 'gone', 'gone'],
  ])('follows from how they stand (%#)', (facts, deactivate, reactivate, inviteAgain) => {
    const person = { ...facts, id: 'them', manager: false };
    expect(refuseDeactivation(person, { actorId: 'me', managers: 1 })).toBe(deactivate);
    expect(refuseReactivation(facts)).toBe(reactivate);
    expect(refuseInvitingAgain(facts)).toBe(inviteAgain);
  });

  it('spares oneself and the last manager', () => {
    const person = { ...seen, id: 'them', manager: true };
    expect(refuseDeactivation(person, { actorId: 'them', managers: 9 })).toBe('own-account');
    expect(refuseDeactivation(person, { actorId: 'me', managers: 1 })).toBe('last-manager');
    expect(refuseDeactivation(person, { actorId: 'me', managers: 2 })).toBeNull();
  });
});
