import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `holds` says so, for at most forty seconds; `lastWords` is told where it never does. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  lastWords: () => string | undefined = () => undefined,
): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end; await pause(50)) {
    if (await holds()) return;
  }
  throw new Error(`It did not happen within 40 seconds. ${lastWords() ?? ''}`.trim());
}
