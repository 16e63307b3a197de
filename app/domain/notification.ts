import type { Intent } from './transitions.ts';

/** What people are told of. Each person chooses per topic whether a mail is sent too. */
export const topics = [
  'assignment',
  'submission',
  'return',
  'recommendation',
  'decision',
  'stale',
  'mention',
  'clock',
  'sync',
  'people',
] as const;
export type Topic = (typeof topics)[number];

export const topicNames: Record<Topic, string> = {
  assignment: 'Assignments',
  submission: 'Submitted assessments',
  return: 'Returned assessments',
  recommendation: 'Recommendations',
  decision: 'Decisions, holds and reopenings',
  stale: 'Assessments gone stale',
  mention: 'Mentions in comments',
  clock: 'Deadlines close or passed',
  sync: 'Sync late, failed, held or working again',
  people: 'People gone from Ory, or switched off there',
};

/** Who of an opportunity is told. `involved`: everybody who has acted on it or is assigned to it. */
export type Audience = 'assessor' | 'practice-heads' | 'managers' | 'involved';

/** Who is told what when an intent has been carried out; the one who did it never is. */
export const noticeTable: Record<Intent, { topic: Topic; to: readonly Audience[] } | null> = {
  assign: { topic: 'assignment', to: ['assessor'] },
  start: null,
  save: null,
  submit: { topic: 'submission', to: ['practice-heads'] },
  'still-holds': { topic: 'stale', to: ['practice-heads'] },
  renew: { topic: 'stale', to: ['practice-heads'] },
  return: { topic: 'return', to: ['assessor'] },
  recommend: { topic: 'recommendation', to: ['managers', 'assessor'] },
  decide: { topic: 'decision', to: ['involved'] },
  decline: { topic: 'decision', to: ['involved'] },
  hold: { topic: 'decision', to: ['involved'] },
  resume: { topic: 'decision', to: ['involved'] },
  reopen: { topic: 'decision', to: ['involved'] },
};
