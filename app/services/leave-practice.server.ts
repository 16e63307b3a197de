import { changeMembership, type MembershipChange } from './change-membership.server.ts';

/** Takes a person out of a practice; its opportunities leave their sight with it. */
export const leavePractice = (change: MembershipChange) => changeMembership(change, false);
