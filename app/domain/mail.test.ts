import { describe, expect, it } from 'vitest';
import {
  mailChoiceNames,
  mailChoices,
  mailFate,
  mostTries,
  nextTryMinutes,
  topicChoicesSchema,
  type MailStanding,
} from './mail.ts';
import { noticeTable, topicNames, topics } from './notification.ts';
import { roles } from './roles.ts';
import { inScope, scopeOf } from './permissions.ts';

const flags = [true, false];
const everyStanding: MailStanding[] = flags.flatMap((hasRole) =>
  flags.flatMap((verified) =>
    flags.flatMap((mayRead) =>
      mailChoices.map((choice) => ({
        hasRole,
        verifiedEmail: verified ? 'ada@example.test' : null,
        mayRead,
        choice,
      })),
    ),
  ),
);

describe('what becomes of a mail', () => {
  it.each(everyStanding)('$hasRole $verifiedEmail $mayRead $choice', (standing) => {
    const { hasRole, verifiedEmail, mayRead, choice } = standing;
    const { state } = mailFate(standing);
    const reaches = hasRole && verifiedEmail !== null && mayRead && choice !== 'NEVER';
    expect(state).toBe(reaches ? (choice === 'DIGEST' ? 'DIGEST' : 'SEND') : 'MUTED');
  });

  it('says why none goes, the gravest reason first', () => {
    const worst = { hasRole: false, verifiedEmail: null, mayRead: false, choice: 'NEVER' } as const;
    const reasonOf = (changes: Partial<MailStanding>) => {
      const fate = mailFate({ ...worst, ...changes });
      return 'reason' in fate ? fate.reason : null;
    };
    const verifiedEmail = 'ada@example.test';
    expect(reasonOf({})).toMatch(/no role/);
    expect(reasonOf({ hasRole: true })).toMatch(/no verified/);
    expect(reasonOf({ hasRole: true, verifiedEmail })).toMatch(/no longer read/);
    expect(reasonOf({ hasRole: true, verifiedEmail, mayRead: true })).toMatch(/wants no mail/);
  });

  it.each(roles)('a %s is written to about no row beyond their scope', (role) => {
    const viewer = {
      id: 'a',
      name: 'Ada',
      verifiedEmail: 'ada@example.test',
      practices: [],
      standsInFor: [],
    };
    const row = { practice: 'Cloud', assignedSa: null, salesOwnerEmail: 'else@example.test' };
    const mayRead = inScope(scopeOf({ ...viewer, roles: [role] }, 'read:opportunity'), row);
    const standing = {
      hasRole: true,
      verifiedEmail: viewer.verifiedEmail,
      choice: 'EACH',
    } as const;
    const { state } = mailFate({ ...standing, mayRead });
    expect(state).toBe(role === 'MANAGER' ? 'SEND' : 'MUTED');
  });
});

describe('the choices', () => {
  const all = Object.fromEntries(topics.map((topic) => [topic, 'EACH']));

  it.each(topics)('of %s can be each of the three, and nothing else', (topic) => {
    expect(topicNames[topic]).toMatch(/\S/);
    for (const choice of mailChoices) {
      expect(topicChoicesSchema.safeParse({ ...all, [topic]: choice }).success).toBe(true);
      expect(mailChoiceNames[choice]).toMatch(/\S/);
    }
    expect(topicChoicesSchema.safeParse({ ...all, [topic]: 'SOMETIMES' }).success).toBe(false);
    expect(topicChoicesSchema.safeParse({ ...all, [topic]: undefined }).success).toBe(false);
  });

  it('drop what is no topic', () => {
    expect(topicChoicesSchema.parse({ ...all, weather: 'EACH' })).toEqual(all);
  });

  it('reach every topic that an intent tells of', () => {
    for (const row of Object.values(noticeTable)) {
      if (row) expect(topics).toContain(row.topic);
    }
  });
});

describe('tries', () => {
  it('are eight, ever further apart, over half a day', () => {
    const waits = Array.from({ length: mostTries }, (_, tries) => nextTryMinutes(tries + 1));
    expect(waits.at(-1)).toBeNull();
    const minutes = waits.slice(0, -1).map(Number);
    expect(minutes).toEqual([...minutes].sort((one, other) => one - other));
    expect(mostTries).toBe(8);
    expect(minutes.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(11 * 60);
    expect(nextTryMinutes(99)).toBeNull();
  });
});
