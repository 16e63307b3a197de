import type { Logger } from 'pino';
import { tellClocks } from '#app/services/tell-clocks.server.ts';

/** Tells the holders of opportunities whose clock runs out. */
export async function handleClocks(log: Logger): Promise<void> {
  const told = await tellClocks();
  if (told > 0) log.info({ opportunities: told }, 'decision clocks told');
}
