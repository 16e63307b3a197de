import type { Audience } from './notification.ts';
import { afterWorking, beforeWorking, workingTime, type WorkingCalendar } from './working-time.ts';
import type { WorkflowStatus } from './workflow.ts';

/** How many working hours each state may take, and who holds the opportunity then. In every other state no clock runs. */
export const clockTable = {
  NEW: { hours: 16, holder: 'practice-heads', step: 'assign an architect' },
  ASSIGNED: { hours: 8, holder: 'assessor', step: 'start the assessment' },
  IN_ASSESSMENT: { hours: 40, holder: 'assessor', step: 'submit the assessment' },
  SUBMITTED: { hours: 16, holder: 'practice-heads', step: 'recommend' },
  RECOMMENDED: { hours: 16, holder: 'managers', step: 'decide' },
} as const satisfies Partial<
  Record<WorkflowStatus, { hours: number; holder: Audience; step: string }>
>;

export type ClockedStatus = keyof typeof clockTable;
export const clockedStatuses = Object.keys(clockTable) as ClockedStatus[];

/** From this share of its time on a clock is close to running out. */
export const soonPercent = 75;

export type ClockLevel = 'on-time' | 'soon' | 'breached';

/** How a decision clock stands. Minutes are working minutes. */
export interface Clock {
  elapsedMinutes: number;
  limitMinutes: number;
  level: ClockLevel;
  /** When the time is, or was, up; null where the calendar has no working time to come. */
  dueAt: Date | null;
}

const minuteMs = 60_000;

/** Whether a clock runs in that state. */
export function isClocked(state: WorkflowStatus): state is ClockedStatus {
  return Object.hasOwn(clockTable, state);
}

/**
 * The clock of an opportunity that has been in `state` since then; null where none runs.
 * `carriedMinutes` are what a hold interrupted, and count as if they had gone before.
 */
export function clockOf(
  state: WorkflowStatus,
  since: Date,
  carriedMinutes: number,
  now: Date,
  calendar: WorkingCalendar,
): Clock | null {
  if (!isClocked(state)) return null;
  const limit = clockTable[state].hours * 60 * minuteMs;
  const carried = carriedMinutes * minuteMs;
  const elapsed = carried + workingTime(since, now, calendar);
  return {
    elapsedMinutes: Math.floor(elapsed / minuteMs),
    limitMinutes: limit / minuteMs,
    level: levelOf(elapsed, limit),
    dueAt: afterWorking(since, limit - carried, calendar),
  };
}

/**
 * The instant since which an opportunity must have been in `state` for its clock to be at `level` now,
 * nothing carried over: what a query compares `workflow_since` with. Null where none can be.
 */
export function reachedSince(
  state: ClockedStatus,
  level: 'soon' | 'breached',
  now: Date,
  calendar: WorkingCalendar,
): Date | null {
  const percent = level === 'breached' ? 100 : soonPercent;
  return beforeWorking(now, clockTable[state].hours * 60 * minuteMs * (percent / 100), calendar);
}

function levelOf(elapsed: number, limit: number): ClockLevel {
  if (elapsed >= limit) return 'breached';
  return elapsed * 100 >= limit * soonPercent ? 'soon' : 'on-time';
}

/** Working time in words: `45 min`, `3 h`, `2 h 30 min`; beyond ten hours whole hours say enough. */
export function formatWorking(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** How much is left, or how far it is over: `6 h left`, `over by 3 h`. */
export function clockWords({ elapsedMinutes, limitMinutes }: Clock): string {
  const left = limitMinutes - elapsedMinutes;
  if (left === 0) return 'time is up';
  return left > 0 ? `${formatWorking(left)} left` : `over by ${formatWorking(-left)}`;
}

/** Who holds an opportunity, in words. Names are those of who could act. */
export function holderWords(
  state: WorkflowStatus,
  about: { practice: string | null; architect: string | null; heads: string[]; managers: string[] },
): string {
  if (!isClocked(state)) return 'nobody';
  switch (clockTable[state].holder) {
    case 'assessor':
      return about.architect ?? 'nobody: no architect is assigned';
    case 'managers':
      return about.managers.join(', ') || 'nobody: there is no manager';
    case 'practice-heads':
      if (about.heads.length > 0) return about.heads.join(', ');
      return `nobody: no practice head for ${about.practice ?? 'opportunities without a practice'}`;
  }
}
