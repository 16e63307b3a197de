import { judgeCircuit, syncsJudged, type Circuit } from '#app/domain/circuit.ts';
import { nextDue } from '#app/domain/schedule.ts';
import type { Db } from '#app/lib/db.server.ts';
import { env } from '#app/lib/env.server.ts';

/** Whether scheduled syncs go to the CRM at present. */
export async function getCircuit(db: Db, now = new Date()): Promise<Circuit> {
  const ended = await db.syncLog.findMany({
    where: { purpose: 'SYNC', status: { not: 'RUNNING' } },
    orderBy: { id: 'desc' },
    take: syncsJudged,
    select: { status: true, fault: true, completedAt: true },
  });
  return judgeCircuit(ended, now);
}

/** When the first scheduled sync tries again; null while nothing keeps it from the CRM. */
export function triesAgain(circuit: Circuit, now = new Date()): Date | null {
  if (circuit.state === 'closed') return null;
  const after = circuit.until > now ? circuit.until : now;
  const due = [env.SYNC_CRON, env.FULL_SYNC_CRON].map((cron) =>
    nextDue(cron, env.SYNC_TIMEZONE, after).getTime(),
  );
  return new Date(Math.min(...due));
}
