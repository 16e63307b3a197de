/** A webhook that did not take an alert. The message names neither its address nor what it answered. */
export class WebhookFault extends Error {}

const patienceMs = 10_000;

/**
 * Posts JSON to a webhook, whose address may hold a secret: it is neither logged nor followed elsewhere.
 * Throws WebhookFault.
 */
export async function callWebhook(
  url: string,
  body: Record<string, unknown>,
  timeoutMs = patienceMs,
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'BQS' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new WebhookFault(wordsOf(error, timeoutMs));
  });
  await response.body?.cancel().catch(() => undefined);
  if (!response.ok) throw new WebhookFault(`The webhook answered ${response.status}.`);
}

function wordsOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `The webhook did not answer within ${timeoutMs / 1000} seconds.`;
  }
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : null;
  return `The webhook could not be reached (${cause?.code ?? 'the connection broke'}).`;
}
