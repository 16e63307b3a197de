import type { AuditInput } from '#app/domain/audit.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { formatDay } from '#app/lib/format.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';

export interface HolidayChange {
  actor: { id: string; name: string };
  /** YYYY-MM-DD */
  day: string;
  requestId?: string;
}

export type HolidayResult = { ok: boolean; message: string };

/**
 * Changes one holiday in one transaction with its audit event. `write` says how it is called, or null where
 * somebody was faster.
 */
export async function changeHoliday(
  kind: Extract<AuditInput['kind'], `holiday.${string}`>,
  { actor, day, requestId }: HolidayChange,
  words: { done: string; late: string },
  write: (tx: Db, day: Date) => Promise<string | null>,
): Promise<HolidayResult> {
  return db.$transaction(async (tx) => {
    if (!(await stillHolds(tx, actor.id, 'manage:calendar'))) {
      const message = 'You may not change the calendar: your own roles have changed.';
      return { ok: false, message };
    }
    const name = await write(tx, new Date(day));
    if (name === null) return { ok: false, message: `${formatDay(day)} ${words.late}` };
    const subject = { type: 'holiday' as const, id: day, name };
    await recordEvent(tx, { kind, actor, subject, data: { day }, requestId });
    return { ok: true, message: `${name}, ${formatDay(day)}, ${words.done}` };
  });
}
