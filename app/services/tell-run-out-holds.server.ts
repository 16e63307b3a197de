import { formatDay } from '#app/domain/day.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { readAt } from '#app/models/at.server.ts';
import { noteTold } from '#app/models/clock-notice.server.ts';
import { notify, peopleOf } from '#app/models/notification.server.ts';
import { listRunOutHolds } from '#app/models/worklist-stale.server.ts';

/**
 * Tells the managers, once a hold, that its day has come. Says of how many it told; what is left of more than
 * `most` is told at the next look.
 */
export async function tellRunOutHolds(most = 500): Promise<number> {
  // Each hold is a notice of its own, which takes longer than a transaction is given by default.
  return db.$transaction((tx) => tellUntold(tx, most), { maxWait: 20_000, timeout: 60_000 });
}

async function tellUntold(tx: Db, most: number): Promise<number> {
  const { today } = await readAt(tx);
  const { rows } = await listRunOutHolds(tx, { today, limit: most, untold: true });
  const told = rows.map(({ id, since }) => ({ id, stamp: since.toISOString(), level: 'held' }));
  const first = await noteTold(tx, told);
  const fresh = rows.filter(({ id }) => first.has(`${id} held`));
  if (fresh.length === 0) return 0;
  const about = { opportunityId: '0', practice: null, assignedSa: null };
  const managers = await peopleOf(tx, 'managers', about);
  for (const row of fresh) {
    await notify(tx, managers, {
      topic: 'clock',
      title: `The hold of “${row.name ?? 'an opportunity'}” has run out`,
      body: `It was on hold until ${row.until && formatDay(row.until)}: ${row.reason ?? ''}`,
      path: opportunityPath(row),
      opportunityId: row.id,
    });
  }
  return fresh.length;
}
