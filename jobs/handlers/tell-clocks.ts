import type { Logger } from 'pino';
import { tellClocks } from '#app/services/tell-clocks.server.ts';
import { tellRunOutHolds } from '#app/services/tell-run-out-holds.server.ts';

/** Tells the holders of opportunities whose clock runs out, and the managers of holds that have. */
export async function handleClocks(log: Logger): Promise<void> {
  const told = await tellClocks();
  if (told > 0) log.info({ opportunities: told }, 'decision clocks told');
  const held = await tellRunOutHolds();
  if (held > 0) log.info({ opportunities: held }, 'run-out holds told');
}
