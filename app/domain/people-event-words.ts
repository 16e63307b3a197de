import type { z } from 'zod';
import type { peopleEvents } from './audit-people.ts';
import { listed } from './listed.ts';
import { roleNames } from './roles.ts';

type PeopleKind = keyof typeof peopleEvents;

const fieldNames: Record<string, string> = {
  email: 'the e-mail address',
  emailVerified: 'whether the address is verified',
  name: 'the name',
};

const openWork = (left: number) =>
  left === 0 ? '' : `, with ${left} ${left === 1 ? 'piece' : 'pieces'} of open work left`;

/** Sentences for the events about people, as they go on after a person's name. */
export const peopleSentences: {
  [K in PeopleKind]: (data: z.infer<(typeof peopleEvents)[K]>) => string;
} = {
  'person.invited': ({ email, roles, practices }) =>
    `invited them by ${email} ${
      roles.length > 0 ? `as ${listed(roles.map((role) => roleNames[role]))}` : 'without a role'
    }${practices.length > 0 ? ` in ${listed(practices)}` : ''}`,
  'person.invited_again': ({ email }) => `made ${email} a new code to come in by`,
  'person.deactivated': ({ left, inOry }) =>
    `deactivated them${inOry ? ', because Ory had made their identity inactive' : ''}${openWork(left)}`,
  'person.reactivated': ({ roles, inOry }) =>
    `reactivated them ${
      roles.length > 0 ? `as ${listed(roles.map((role) => roleNames[role]))}` : 'without a role'
    }${inOry ? ', because Ory had made their identity active again' : ''}`,
  'person.identity_changed': ({ fields, before, after }) =>
    fields.includes('email')
      ? `took over their e-mail address from Ory: ${after ?? 'none'} in place of ${before ?? 'none'}`
      : `took over ${listed(fields.map((field) => fieldNames[field] ?? field))} from Ory`,
  'person.identity_gone': ({ left }) => `found their identity gone from Ory${openWork(left)}`,
  'person.identity_returned': () => 'found their identity in Ory again',
  'people.checked': ({ outcome }) => `compared the people with Ory: ${outcome}`,
};
