import { describe, expect, it } from 'vitest';
import { findingsOf, unseenDays, type Reviewed } from './access-findings.ts';
import type { Role } from './roles.ts';

const now = new Date('2026-11-25T12:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const held = (role: Role, grantedById: string | null = null, days = 200) => ({
  role,
  grantedById,
  grantedAt: ago(days),
});
const person = (name: string, given: Partial<Reviewed> = {}): Reviewed => ({
  id: name,
  name,
  verified: true,
  lastSeenAt: ago(1),
  practices: ['Cloud'],
  roles: [held('SOLUTION_ARCHITECT')],
  ...given,
});
const managers = [
  person('Maya', { roles: [held('MANAGER')] }),
  person('Mona', { roles: [held('MANAGER', 'Maya')] }),
];
const found = (...people: Reviewed[]) =>
  findingsOf(people, now).map(({ title, people: named }) => [title, named]);

describe('the findings of a review', () => {
  it('are none where nothing stands out', () => {
    expect(found(...managers, person('Ada'))).toEqual([]);
  });

  it('name the only manager', () => {
    expect(found(managers[0]!, person('Ada'))).toEqual([['Only one manager', ['Maya']]]);
  });

  it.each([
    ['seen yesterday', ago(1), 200, false],
    ['seen on the last day', ago(unseenDays), 200, false],
    ['seen a day before', ago(unseenDays + 1), 200, true],
    ['never seen', null, 200, true],
    ['never seen and granted lately', null, 3, false],
  ])('name a holder of a role who was %s: %s', (_what, lastSeenAt, days, named) => {
    const ada = person('Ada', { lastSeenAt, roles: [held('SALES', null, days)] });
    const title = `A role, and not seen for ${unseenDays} days`;
    expect(found(...managers, ada)).toEqual(named ? [[title, ['Ada']]] : []);
  });

  it('name whose address is not verified, but nobody without a role', () => {
    const nora = person('Nora', { verified: false, roles: [] });
    const sam = person('Sam', { verified: false, roles: [held('SALES')] });
    expect(found(...managers, nora, sam)).toEqual([['A role, and no verified address', ['Sam']]]);
  });

  it('name a head without a practice, and who both recommends and decides', () => {
    const hugo = person('Hugo', { practices: [], roles: [held('PRACTICE_HEAD')] });
    const both = person('Bea', { roles: [held('PRACTICE_HEAD'), held('MANAGER')] });
    expect(found(...managers, hugo, both)).toEqual([
      ['Practice heads without a practice', ['Hugo']],
      ['Manager and practice head in one person', ['Bea']],
    ]);
    const [finding] = findingsOf([...managers, hugo], now);
    expect(finding?.why).toMatch(/recommend on what has no practice, and nothing else/);
  });

  it('name two who granted each other a role, once', () => {
    const one = person('Ann', { roles: [held('SALES', 'Ben')] });
    const other = person('Ben', { roles: [held('SALES', 'Ann')] });
    expect(found(...managers, one, other)).toEqual([
      ['Roles granted to each other', ['Ann and Ben']],
    ]);
  });
});
