import { formatDay } from '#app/domain/day.ts';
import { clockOf } from '#app/domain/decision-clock.ts';
import { readCalendar, workingToday } from '#app/models/working-calendar.server.ts';
import { qualify, type Acting } from './qualify.server.ts';
import { invalid } from './refuse.server.ts';

/**
 * Pauses an opportunity until a day, and with it the decision clock, which goes on from where it stood once
 * it is resumed. `until` is YYYY-MM-DD.
 */
export function holdOpportunity(acting: Acting, input: { until: string; reason: string }) {
  return qualify(acting, { intent: 'hold' }, async ({ tx, viewer, opportunity, to }) => {
    const { until, reason } = input;
    if (until <= workingToday()) {
      return invalid('The day until which it is on hold must be after today.');
    }
    const { status, workflowSince, clockCarriedMinutes } = opportunity;
    const calendar = await readCalendar(tx);
    const clock = clockOf(status, workflowSince, clockCarriedMinutes, new Date(), calendar);
    return {
      columns: {
        statusBeforeHold: status,
        clockCarriedMinutes: clock?.elapsedMinutes ?? 0,
        holdUntil: new Date(until),
        holdReason: reason,
      },
      event: { kind: 'opportunity.held', data: { from: status, to, until, reason } },
      message: `On hold until ${formatDay(until)}.`,
      notice: {
        title: `${viewer.name} put “${opportunity.name ?? 'an opportunity'}” on hold until ${formatDay(until)}`,
        body: reason,
      },
      result: {},
    };
  });
}
