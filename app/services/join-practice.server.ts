import { changeMembership, type MembershipChange } from './change-membership.server.ts';

/** Puts a person into a practice: a practice head then heads it, an architect works in it. */
export const joinPractice = (change: MembershipChange) => changeMembership(change, true);
