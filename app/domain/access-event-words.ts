import type { z } from 'zod';
import type { accessEvents } from './audit-access.ts';
import { formatDay } from './day.ts';
import { roleNames } from './roles.ts';

type Kind = keyof typeof accessEvents;
type Said = string | [text: string, quote: string];

/** What somebody did about who may do what, as the sentence goes on after their name. */
export const accessSentences: {
  [K in Kind]: (data: z.infer<(typeof accessEvents)[K]>) => Said;
} = {
  'role.granted': ({ role }) => `granted the role ${roleNames[role]}`,
  'role.revoked': ({ role }) => `took the role ${roleNames[role]} away`,
  'role.change_refused': ({ role, grant, reason }) => [
    `was refused to ${grant ? 'grant' : 'take away'} the role ${roleNames[role]}`,
    reason.replaceAll('-', ' '),
  ],
  'access.refused': ({ permission, path }) =>
    `was refused at ${path}, which takes the permission ${permission}`,
  'access.step_up_refused': ({ needs, path }) =>
    `was asked for a ${needs.replaceAll('-', ' ')} at ${path} before going on`,
  'session.revoked': ({ count, here }) =>
    here
      ? `signed out here and of ${count} sessions elsewhere`
      : `ended ${count} of their sessions`,
  'first_manager.granted': () => 'appointed the first manager',
  'stand_in.named': ({ role, standIn, from, to }) =>
    `named ${standIn} as stand-in for the role ${roleNames[role]}, from ${formatDay(from)} to ${formatDay(to)}`,
  'stand_in.ended': ({ role, standIn, to }) =>
    `ended that ${standIn} stands in for the role ${roleNames[role]}, which would have been until ${formatDay(to)}`,
  'stand_in.refused': ({ role, standIn, reason }) => [
    `was refused to name ${standIn} as stand-in for the role ${roleNames[role]}`,
    reason.replaceAll('-', ' '),
  ],
  'access.reviewed': ({ people, findings }) =>
    `reviewed the access of ${people} ${people === 1 ? 'person' : 'people'}, with ${findings} ${findings === 1 ? 'finding' : 'findings'} open`,
  'access.exported': ({ rows }) => `exported who can do what, in ${rows} rows`,
};
