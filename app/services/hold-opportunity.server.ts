import { qualify, type Acting } from './qualify.server.ts';
import { invalid } from './refuse.server.ts';

/** Pauses an opportunity until a day, and with it the decision clock. `until` is YYYY-MM-DD. */
export function holdOpportunity(acting: Acting, input: { until: string; reason: string }) {
  return qualify(acting, { intent: 'hold' }, async ({ viewer, opportunity, to }) => {
    const { until, reason } = input;
    if (until <= new Date().toISOString().slice(0, 10)) {
      return invalid('The day until which it is on hold must be after today.');
    }
    return {
      columns: {
        statusBeforeHold: opportunity.status,
        holdUntil: new Date(until),
        holdReason: reason,
      },
      event: { kind: 'opportunity.held', data: { from: opportunity.status, to, until, reason } },
      message: `On hold until ${until}.`,
      notice: {
        title: `${viewer.name} put “${opportunity.name ?? 'an opportunity'}” on hold until ${until}`,
        body: reason,
      },
      result: {},
    };
  });
}
