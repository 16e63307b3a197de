import { z } from 'zod';
import { topics, type Topic } from './notification.ts';

/** How a person may want the notices of a topic by mail. In BQS they get every one. */
export const mailChoices = ['EACH', 'DIGEST', 'NEVER'] as const;
export type MailChoice = (typeof mailChoices)[number];

export const mailChoiceNames: Record<MailChoice, string> = {
  EACH: 'At once',
  DIGEST: 'Daily digest',
  NEVER: 'No mail',
};

/** What the form of the mail settings posts: a choice for every topic. */
export const topicChoicesSchema = z.object(
  Object.fromEntries(topics.map((topic) => [topic, z.enum(mailChoices)])) as Record<
    Topic,
    z.ZodEnum<{ [choice in MailChoice]: choice }>
  >,
);
export type TopicChoices = Record<Topic, MailChoice>;

/** How a notice and the person it is for stand when its mail is about to go. */
export interface MailStanding {
  hasRole: boolean;
  /** The address the identity server has verified; no other is ever written to. */
  verifiedEmail: string | null;
  /** Whether they may read the opportunity now, whatever they could when the notice was written. */
  mayRead: boolean;
  choice: MailChoice;
}

export type MailFate = { state: 'SEND' } | { state: 'DIGEST' } | { state: 'MUTED'; reason: string };

/** Why no mail goes out, the first that holds. */
const mutes: { when: (standing: MailStanding) => boolean; reason: string }[] = [
  { when: ({ hasRole }) => !hasRole, reason: 'The person holds no role.' },
  {
    when: ({ verifiedEmail }) => verifiedEmail === null,
    reason: 'The person has no verified e-mail address.',
  },
  { when: ({ mayRead }) => !mayRead, reason: 'The person may no longer read the opportunity.' },
  { when: ({ choice }) => choice === 'NEVER', reason: 'The person wants no mail of this topic.' },
];

/** What becomes of a notice's mail. Nobody's rights are taken from when the notice was written. */
export function mailFate(standing: MailStanding): MailFate {
  const mute = mutes.find(({ when }) => when(standing));
  if (mute) return { state: 'MUTED', reason: mute.reason };
  return { state: standing.choice === 'DIGEST' ? 'DIGEST' : 'SEND' };
}

/** Minutes to wait after the first, second … failed try: half a day in all, to outlast an outage. */
const retryMinutes = [1, 3, 9, 27, 81, 243, 360] as const;
export const mostTries = retryMinutes.length + 1;

/** How long to wait after this many tries have failed; null where it was the last one. */
export function nextTryMinutes(tries: number): number | null {
  return retryMinutes[tries - 1] ?? null;
}

/** Days for which a notice is kept after it was read. */
export const readKeptDays = 90;
