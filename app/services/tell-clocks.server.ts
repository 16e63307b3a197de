import { clockOf, clockTable, clockWords, type Clock } from '#app/domain/decision-clock.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import {
  listClockCandidates,
  noteTold,
  type ClockCandidate,
} from '#app/models/clock-notice.server.ts';
import { notify, peopleOf } from '#app/models/notification.server.ts';
import { readCalendar } from '#app/models/working-calendar.server.ts';

type Running = ClockCandidate & { clock: Clock };

/** More of a kind at once, and a person gets one notice for all of them. */
const mostSingly = 5;

/**
 * Tells whoever holds an opportunity that its clock is close to running out, and that it has: once each
 * while it stays in a state. Says how many opportunities it told of.
 */
export async function tellClocks(now = new Date()): Promise<number> {
  return db.$transaction(
    async (tx) => {
      const calendar = await readCalendar(tx);
      const candidates = await listClockCandidates(tx, now, calendar);
      const running = candidates.flatMap((row): Running[] => {
        const clock = clockOf(row.status, row.since, row.carried, now, calendar);
        return clock && clock.level !== 'on-time' ? [{ ...row, clock }] : [];
      });
      const first = await noteTold(
        tx,
        running.map(({ id, stamp, clock }) => ({ id, stamp, level: clock.level })),
      );
      const fresh = running.filter(({ id, clock }) => first.has(`${id} ${clock.level}`));
      for (const { people, rows } of await groupsOf(tx, fresh)) await tellGroup(tx, people, rows);
      return fresh.length;
    },
    { maxWait: 20_000, timeout: 60_000 },
  );
}

/** Rows alike in state, level and holder, so that these are looked up once for all of them. */
async function groupsOf(tx: Db, fresh: readonly Running[]) {
  const groups = new Map<string, Running[]>();
  for (const row of fresh) {
    const held = { assessor: row.assignedSa, 'practice-heads': row.practice, managers: null };
    const { holder } = clockTable[row.status];
    const key = JSON.stringify([row.status, row.clock.level, held[holder]]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return Promise.all(
    [...groups.values()].map(async (rows) => {
      const [{ id, practice, assignedSa, status }] = rows as [Running];
      const about = { opportunityId: id, practice, assignedSa };
      return { rows, people: await peopleOf(tx, clockTable[status].holder, about) };
    }),
  );
}

async function tellGroup(tx: Db, people: string[], rows: readonly Running[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { step } = clockTable[first.status];
  const passed = first.clock.level === 'breached';
  if (rows.length > mostSingly) {
    const state = passed ? 'are over their time' : 'are close to the end of their time';
    const title = `${rows.length} opportunities ${state}: ${step}`;
    await notify(tx, people, { topic: 'clock', title, body: '', path: '/', opportunityId: null });
    return;
  }
  for (const row of rows) {
    const name = row.name ?? 'an opportunity';
    await notify(tx, people, {
      topic: 'clock',
      title: `“${name}” is ${passed ? 'over its time' : 'close to the end of its time'}: ${step}`,
      body: `${clockWords(row.clock)}, in working hours.`,
      path: opportunityPath(row),
      opportunityId: row.id,
    });
  }
}
