import { describe, expect, it } from 'vitest';
import {
  clockOf,
  clockTable,
  clockWords,
  clockedStatuses,
  formatWorking,
  holderWords,
  reachedSince,
  soonPercent,
} from './decision-clock.ts';
import { noticeTable } from './notification.ts';
import { parseWorkingHours, workingCalendar, workingTime } from './working-time.ts';
import { workflowStatuses } from './workflow.ts';

const hours = parseWorkingHours('Mon-Fri 09:00-17:00');
if (!hours) throw new Error('These are working hours.');
const calendar = workingCalendar(hours, 'Europe/Berlin', new Set(['2026-11-26']));
const monday = new Date('2026-11-23T08:00:00Z');

describe('the decision clock', () => {
  it.each(workflowStatuses)('runs in %s only if the table gives it hours', (state) => {
    const clock = clockOf(state, monday, 0, monday, calendar);
    expect(clock !== null).toBe(clockedStatuses.some((clocked) => clocked === state));
  });

  it.each(clockedStatuses)('of %s goes from on time to soon to breached', (state) => {
    const limit = clockTable[state].hours * 60;
    const soon = (limit * soonPercent) / 100;
    const at = (carried: number) => clockOf(state, monday, carried, monday, calendar)?.level;
    expect(at(soon - 1)).toBe('on-time');
    expect(at(soon)).toBe('soon');
    expect(at(limit - 1)).toBe('soon');
    expect(at(limit)).toBe('breached');
  });

  it('counts working hours alone, and says when they are up', () => {
    // 16 hours from Tuesday noon pass over the holiday on Thursday.
    const since = new Date('2026-11-24T11:00:00Z');
    const now = new Date('2026-11-27T09:00:00Z');
    expect(clockOf('NEW', since, 0, now, calendar)).toEqual({
      elapsedMinutes: 5 * 60 + 8 * 60 + 60,
      limitMinutes: 16 * 60,
      level: 'soon',
      dueAt: new Date('2026-11-27T11:00:00Z'),
    });
  });

  it('goes on after a hold from where it stood', () => {
    const now = new Date('2026-11-23T10:00:00Z');
    const clock = clockOf('RECOMMENDED', monday, 13 * 60, now, calendar);
    expect(clock).toMatchObject({ elapsedMinutes: 15 * 60, level: 'soon' });
    expect(clock?.dueAt).toEqual(new Date('2026-11-23T11:00:00Z'));
    expect(clockOf('RECOMMENDED', monday, 17 * 60, now, calendar)?.dueAt).toEqual(monday);
  });

  it.each(clockedStatuses)(
    'of %s is breached by a query exactly when it is by the rule',
    (state) => {
      const now = new Date('2026-12-11T13:17:00Z');
      for (const level of ['soon', 'breached'] as const) {
        const since = reachedSince(state, level, now, calendar) ?? now;
        const share = level === 'soon' ? soonPercent / 100 : 1;
        expect(workingTime(since, now, calendar)).toBe(clockTable[state].hours * 3_600_000 * share);
        expect(clockOf(state, since, 0, now, calendar)?.level).toBe(level);
        const later = new Date(since.getTime() + 1);
        expect(clockOf(state, later, 0, now, calendar)?.level).not.toBe(level);
      }
    },
  );
});

describe('the words of the clock', () => {
  it.each([
    [0, '0 min'],
    [59, '59 min'],
    [60, '1 h'],
    [150, '2 h 30 min'],
    [601, '10 h'],
  ])('say %i minutes as %s', (given, words) => expect(formatWorking(given)).toBe(words));

  it('say what is left and what it is over by', () => {
    const of = (elapsedMinutes: number) =>
      clockWords({ elapsedMinutes, limitMinutes: 600, level: 'on-time', dueAt: null });
    expect(of(480)).toBe('2 h left');
    expect(of(600)).toBe('time is up');
    expect(of(690)).toBe('over by 1 h 30 min');
  });

  it('name whoever is told of the step before', () => {
    expect(noticeTable.submit?.to).toContain(clockTable.SUBMITTED.holder);
    expect(noticeTable.recommend?.to).toContain(clockTable.RECOMMENDED.holder);
    expect(noticeTable.assign?.to).toContain(clockTable.ASSIGNED.holder);
  });

  it('name the holder, or why there is none', () => {
    const about = { practice: 'Cloud', architect: null, heads: [], managers: ['Maya'] };
    expect(holderWords('NEW', about)).toBe('nobody: no practice head for Cloud');
    expect(holderWords('NEW', { ...about, heads: ['Hugo', 'Hanna'] })).toBe('Hugo, Hanna');
    expect(holderWords('NEW', { ...about, practice: null })).toContain('without a practice');
    expect(holderWords('ASSIGNED', about)).toBe('nobody: no architect is assigned');
    expect(holderWords('IN_ASSESSMENT', { ...about, architect: 'Ada' })).toBe('Ada');
    expect(holderWords('RECOMMENDED', about)).toBe('Maya');
    expect(holderWords('GO', about)).toBe('nobody');
  });
});
