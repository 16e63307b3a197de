import { faultLine } from '#app/lib/fault-line.ts';
import { sendDueMails, type MailParts } from './outbox.ts';

/** Looks for mails that are due every few seconds, one look at a time, until it is stopped. */
export function startMailTicker(
  parts: MailParts,
  everyMs = 3000,
): { /** Resolves once nothing is being sent. */ stop(): Promise<void> } {
  let current: Promise<void> | null = null;
  const look = () => {
    current ??= sendDueMails(parts)
      .catch((error: unknown) => parts.log.error({ error: faultLine(error) }, 'mail fault'))
      .finally(() => (current = null));
  };
  const timer = setInterval(look, everyMs);
  look();
  return {
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}
