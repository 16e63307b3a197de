import type { PgBoss } from 'pg-boss';
import type { Environment } from '#app/lib/environment.ts';
import { clockQueue, dailyMailQueue, reconcileQueue, scheduleQueue } from './queues.ts';

type Clock = Pick<
  Environment,
  'SYNC_CRON' | 'FULL_SYNC_CRON' | 'SYNC_TIMEZONE' | 'DIGEST_CRON' | 'IDENTITY_CRON'
>;

/** Puts the schedules in place, replacing what an earlier setting left. */
export async function putSchedules(boss: PgBoss, clock: Clock): Promise<void> {
  const put = (key: string, cron: string, mode: 'FULL' | 'INCREMENTAL') =>
    boss.schedule(scheduleQueue.name, cron, scheduleQueue.payload.parse({ mode }), {
      key,
      tz: clock.SYNC_TIMEZONE,
      // After a night without a worker the sync is due all the same.
      missed: 'once',
      singletonKey: key,
    });
  await put('incremental', clock.SYNC_CRON, 'INCREMENTAL');
  await put('full', clock.FULL_SYNC_CRON, 'FULL');
  await boss.schedule(dailyMailQueue.name, clock.DIGEST_CRON, dailyMailQueue.payload.parse({}), {
    tz: clock.SYNC_TIMEZONE,
    missed: 'once',
    singletonKey: 'daily',
  });
  await boss.schedule(reconcileQueue.name, clock.IDENTITY_CRON, reconcileQueue.payload.parse({}), {
    tz: clock.SYNC_TIMEZONE,
    missed: 'once',
    singletonKey: 'nightly',
  });
  await boss.schedule(clockQueue.name, '*/15 * * * *', clockQueue.payload.parse({}));
}
